import type { StoredQueue } from "@/lib/store/queues";
import type { StoredWorker } from "@/lib/store/workers";

/** A task that keeps a worker busy. */
export interface RunningTask {
  readonly id: string;
  readonly name: string | null;
  /** Epoch ms by the worker's clock; null when it has not said. */
  readonly since: number | null;
}

/** What is known of a task that may wait, and of where it does. */
export interface WaitingFacts {
  /** Epoch ms. */
  readonly now: number;
  readonly name: string | null;
  /** By the result table, else by its events. */
  readonly state: string;
  /** ISO 8601 text, as it was sent. */
  readonly eta: string | null;
  /** The worker that has it in reserve, whether it is online or not; null when none has. */
  readonly holder: StoredWorker | null;
  /** What runs in the holder: by its own answer, or else by events. */
  readonly running: readonly RunningTask[];
  /** Where it waits when no worker has it; null when not known. */
  readonly queue: WaitingQueue | null;
}

interface WaitingQueue {
  readonly name: string;
  /** The newest look at it; null when there was none lately. */
  readonly sample: StoredQueue | null;
  /** Workers that are online and consume it. */
  readonly consumers: readonly StoredWorker[];
  /** Whether all that are online have said what they consume. */
  readonly areAllKnown: boolean;
  /** Messages in it that were sent before, as far as is known. */
  readonly sentBefore: number | null;
}
