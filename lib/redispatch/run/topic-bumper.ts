import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";

const EVERY_MS = 300;

/** Tells the webs that batches moved, a few times a second at most. */
export interface TopicBumper {
  /** Bumps, unless it was done within the last moments. */
  maybe(): Promise<void>;
  /** Bumps now: the last of a row of changes must not be lost. */
  now(): Promise<void>;
}

export function createTopicBumper(store: Store): TopicBumper {
  let bumpedAt = Number.NEGATIVE_INFINITY;
  const now = async () => {
    bumpedAt = performance.now();
    await bumpTopics(store, ["redispatches"]);
  };
  return {
    now,
    maybe: async () => {
      if (performance.now() - bumpedAt >= EVERY_MS) await now();
    },
  };
}
