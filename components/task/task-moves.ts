import { isFinalState, type TaskState } from "@/lib/celery/task-state";

/** States of a task that no process runs: it is on its way, or waits for its next attempt. */
const NOT_RUNNING: readonly TaskState[] = ["PENDING", "RECEIVED", "RETRY", "REJECTED"];

/** Whether workers can be told not to start a task: of one that has ended the row would be overwritten. */
export function canRevoke(state: TaskState): boolean {
  return !isFinalState(state);
}

/** Whether a process runs the task, so that it can be ended there; a custom state (`PROGRESS`) says so too. */
export function canTerminate(state: TaskState): boolean {
  return canRevoke(state) && !NOT_RUNNING.includes(state);
}
