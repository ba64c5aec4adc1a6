import type { TaskRecord } from "@/lib/celery/task-record";
import { isFinalState } from "@/lib/celery/task-state";
import { AppError } from "@/lib/errors";
import { writeKeptRow } from "@/lib/history/kept-row-json";
import type { ResultRowDetail } from "@/lib/results/results";
import { dropKeptRow, keepRow } from "@/lib/store/kept-rows";
import { getTask } from "@/lib/store/tasks";
import type { ControlServices } from "./control-services";

type Sources = Pick<ControlServices, "store" | "results">;

/** What is known of a task before it is revoked. */
export interface TaskEvidence {
  readonly row: ResultRowDetail | null;
  readonly record: TaskRecord | null;
}

/** Its row and what its events told; both null when the task is unknown. */
export async function readTaskEvidence({ store, results }: Sources, id: string): Promise<TaskEvidence> {
  const [row, record] = await Promise.all([results?.get(id) ?? null, getTask(store, id)]);
  return { row, record };
}

/**
 * Throws AppError `conflict` for a task that has ended, by its row or by its events: a revoke would change nothing about it,
 * but from Celery 5.6.2 on each worker may write REVOKED over its row (celery-wire.md E.7).
 */
export function refuseEnded(id: string, { row, record }: TaskEvidence): void {
  const state = [row?.status, record?.state].find((known) => known !== undefined && isFinalState(known));
  if (state === undefined) return;
  throw new AppError(
    "conflict",
    `Task ${JSON.stringify(id)} has ended (${state}): there is nothing left to revoke, and a worker might write REVOKED over its result.`,
  );
}

/** Keeps the task's row as it is, and makes sure once more that the task has not ended meanwhile; else as `refuseEnded`. */
export async function keepRowBeforeRevoke(sources: Sources, id: string): Promise<void> {
  const row = (await sources.results?.get(id)) ?? null;
  const keptAt = Date.now();
  if (row !== null) await keepRow(sources.store, { taskId: id, keptAt, row: writeKeptRow(row) });
  try {
    refuseEnded(id, await readTaskEvidence(sources, id));
  } catch (error) {
    await dropKeptRow(sources.store, id, keptAt);
    throw error;
  }
}
