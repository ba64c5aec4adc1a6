import { hasNeverRun } from "@/lib/celery/never-ran";
import type { TaskRecord } from "@/lib/celery/task-record";
import { isFinalState } from "@/lib/celery/task-state";
import type { ResultRowDetail } from "@/lib/results/results";

/**
 * Says which Celery settings would have stored what a row lacks, or why there is no row; null when nothing can be said.
 * Celery itself leaves a row without name and args when it revokes a task or does not know it, so those get no hint.
 */
export function writeSettingHint(row: ResultRowDetail | null, record: TaskRecord | null): string | null {
  if (row === null) return record !== null && isFinalState(record.state) ? NO_ROW : null;
  const hints: string[] = [];
  const isBare = [row.name, row.args, row.kwargs, row.worker, row.traceback].every((value) => value === null);
  if (isBare && (row.status === "SUCCESS" || row.status === "FAILURE") && !isUnregistered(row))
    hints.push(EXTENDED);
  const hasStarted =
    isFinalState(row.status) && row.status !== "REVOKED" && !hasNeverRun({ ...row, state: row.status });
  if (row.startedAt === null && hasStarted) hints.push(TRACK_STARTED);
  return hints.length === 0 ? null : hints.join(" ");
}

const EXTENDED = "result_extended = True would store name, args, worker and traceback.";
const TRACK_STARTED = "task_track_started = True would store when the task started.";
const NO_ROW =
  "The result table has no row: the task ignores its result (ignore_result), or the row was cleaned up (result_expires).";

/** A worker that has no task of that name fails it without a request to take a name from (celery-wire.md E.2). */
function isUnregistered({ status, result }: ResultRowDetail): boolean {
  return status === "FAILURE" && (result ?? "").includes('"NotRegistered"');
}
