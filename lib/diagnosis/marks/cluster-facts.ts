import type { HeldTask } from "@/lib/store/held-tasks";
import type { StoredQueue } from "@/lib/store/queues";
import type { StoredWorker } from "@/lib/store/workers";

/** How a worker that sends heartbeats has failed to answer. */
export interface Unanswered {
  /** Rounds in a row in which others answered and it did not. */
  readonly rounds: number;
  /** Those of them, to the last one, in which every mailbox that got the question answered: it has none. */
  readonly roundsWithoutMailbox: number;
  /** Epoch ms of the first. */
  readonly since: number;
}

/** A rise in the memory of one process. */
export interface MemoryGrowth {
  readonly fromBytes: number;
  readonly toBytes: number;
  readonly seconds: number;
}

/** What workers are judged by. */
export interface ClusterFacts {
  /** Epoch ms. */
  readonly now: number;
  readonly workers: readonly StoredWorker[];
  readonly queues: readonly StoredQueue[];
  readonly held: readonly HeldTask[];
  /** Null for a worker that answers, or was not asked. */
  readonly unanswered: (hostname: string) => Unanswered | null;
  /** Null where it does not grow. */
  readonly memory: (hostname: string) => MemoryGrowth | null;
}
