import type { TaskState } from "./task-state";

/** One run of a task that began with `task-received`; a retry or a redelivery begins another. Times are epoch ms. */
export interface TaskAttempt {
  readonly worker: string | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The state that ended this attempt, or the latest one. */
  readonly state: TaskState;
  readonly exception: string | null;
}

/**
 * What the live events told about one task id: the result of folding them in any order.
 * Times are epoch milliseconds (UTC, the sender's clock); null is "no event said so".
 */
export interface TaskRecord {
  readonly id: string;
  readonly name: string | null;
  readonly state: TaskState;
  readonly worker: string | null;
  readonly queue: string | null;
  /** saferepr text, as the event carried it. */
  readonly args: string | null;
  readonly kwargs: string | null;
  /** saferepr text of the return value. */
  readonly result: string | null;
  readonly exception: string | null;
  readonly traceback: string | null;
  readonly retries: number | null;
  readonly eta: string | null;
  readonly expires: string | null;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly runtimeSeconds: number | null;
  /** Time of the event that gave the task its state. */
  readonly stateAt: number;
  readonly clock: number | null;
  readonly attempts: readonly TaskAttempt[];
}
