import type { ResultBackend } from "@/lib/backend/result-backend";
import type { TaskState } from "@/lib/celery/task-state";
import type { HistoryEvidence } from "@/lib/history/task-evidence";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import { listTaskFacts } from "@/lib/store/task-facts";

/** All that is known of one task: its row in the result table, what its events told, or both. */
export type TaskEvidence = HistoryEvidence;

/** Where evidence comes from; `results` is null where no result table is configured. */
export interface EvidenceSources {
  readonly store: Store;
  readonly results: ResultTable | null;
  /** Celery's own result backend; null or absent where none is configured. */
  readonly backend?: ResultBackend | null;
}

/** Looks up at most 1,000 tasks, whole args and kwargs included; an id of which nothing is known has neither. */
export async function readEvidence(
  { store, results }: EvidenceSources,
  ids: readonly string[],
): Promise<readonly TaskEvidence[]> {
  const [rows, records] = await Promise.all([
    results?.listArgs(ids, { withOrigin: false }) ?? [],
    listTaskFacts(store, ids),
  ]);
  const rowsById = new Map(rows.map((row) => [row.taskId, row]));
  return ids.map((id) => ({ id, row: rowsById.get(id) ?? null, record: records.get(id) ?? null }));
}

/** The task's state by its row, else by its events; null when nothing is known of it. */
export function stateOf(evidence: TaskEvidence): TaskState | null {
  return evidence.row?.status ?? evidence.record?.state ?? null;
}

/** Changes whenever the task does: its state, and when it came to it. null when nothing is known of it. */
export function fingerprintOf({ row, record }: TaskEvidence): string | null {
  if (row) return `${row.status}@${row.doneAt}`;
  return record && `${record.state}@${record.stateAt}`;
}
