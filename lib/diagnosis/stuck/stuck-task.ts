import type { Broker } from "@/lib/broker/broker";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import type { UsualRuntime } from "@/lib/store/usual-runtimes";
import type { StoredWorker } from "@/lib/store/workers";

/** A task that needs a person, as far as can be told, and what helps. */
export interface StuckTask {
  readonly id: string;
  readonly name: string | null;
  readonly worker: string | null;
  readonly queue: string | null;
  readonly reason: "reserved-long" | "over-time-limit" | "slower-than-usual" | "worker-gone" | "redelivered";
  /** In words, with the figures. */
  readonly detail: string;
  /** Epoch ms by the worker's clock; by ours where the worker is gone. */
  readonly since: number | null;
  readonly forSeconds: number | null;
  readonly remedy: "revoke" | "terminate" | "redispatch";
}

/** What a task is judged by. */
export interface StuckFacts {
  /** Epoch ms. */
  readonly now: number;
  /** Reserved for longer than this counts as stuck. */
  readonly seconds: number;
  readonly workers: ReadonlyMap<string, StoredWorker>;
  /** By task name. */
  readonly usual: ReadonlyMap<string, UsualRuntime>;
  /** Seconds after which the broker delivers what a dead worker held; null where it does so at once. */
  readonly visibilityTimeoutSeconds: number | null;
}

/** Where to look. */
export interface StuckSources {
  readonly store: Store;
  /** Null when no result table is configured. */
  readonly results: ResultTable | null;
  readonly broker: Broker;
  /** As `getVisibilityTimeout` says. */
  readonly visibilityTimeoutSeconds: number | null;
}
