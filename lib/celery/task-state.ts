/** The states Celery itself assigns; any other upper-case word is a custom state (`PROGRESS`, or a custom event's). */
export const TASK_STATES = [
  "PENDING",
  "RECEIVED",
  "STARTED",
  "RETRY",
  "REJECTED",
  "REVOKED",
  "FAILURE",
  "SUCCESS",
] as const;
export type KnownTaskState = (typeof TASK_STATES)[number];

/** A task's state as stored or as derived from its last event. */
export type TaskState = KnownTaskState | (string & {});

/** States after which nothing more happens to a task id unless it is sent again. */
export const FINAL_STATES: readonly TaskState[] = ["SUCCESS", "FAILURE", "REVOKED"];

/** Says whether a task in `state` has ended. */
export function isFinalState(state: TaskState): boolean {
  return FINAL_STATES.includes(state);
}
