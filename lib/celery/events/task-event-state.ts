import type { TaskEvent } from "../celery-event";
import { TASK_STATES, type TaskState } from "../task-state";

const STATES: ReadonlyMap<TaskEvent["type"], TaskState> = new Map<TaskEvent["type"], TaskState>([
  ["task-sent", "PENDING"],
  ["task-received", "RECEIVED"],
  ["task-started", "STARTED"],
  ["task-succeeded", "SUCCESS"],
  ["task-failed", "FAILURE"],
  ["task-retried", "RETRY"],
  ["task-revoked", "REVOKED"],
  ["task-rejected", "REJECTED"],
  ["task-cancelled", "CANCELLED"],
]);
const KNOWN: readonly string[] = TASK_STATES;

/**
 * The state that an event gives its task (celery-wire.md D.7): a task's own event its upper-cased suffix, so that
 * `task-progress` gives PROGRESS. null when that would pass itself off as one of Celery's own states.
 */
export function taskEventState(event: TaskEvent): TaskState | null {
  if (event.type !== "task-custom") return STATES.get(event.type) ?? null;
  const state = event.eventType.slice("task-".length).toUpperCase();
  return state === "" || KNOWN.includes(state) ? null : state;
}
