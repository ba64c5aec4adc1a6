const FIRST = 500;
const SMALLEST = 50;
const LARGEST = 2_000;
/** A pause waits for the chunk at hand; what a chunk costs once is small against this. */
const GOAL_MS = 250;

/** How many tasks go at once. */
export interface ChunkSize {
  readonly current: number;
  /** Takes note that a chunk of `count` tasks took `tookMs`. */
  learn(count: number, tookMs: number): void;
}

/** Returns a size that grows and shrinks so that a chunk takes a quarter of a second, whatever the machines are. */
export function createChunkSize(): ChunkSize {
  let current = FIRST;
  return {
    get current() {
      return current;
    },
    learn(count, tookMs) {
      // A smaller chunk tells little of what a full one takes.
      if (count < current / 2 && tookMs < GOAL_MS) return;
      const fitting = (count * GOAL_MS) / Math.max(1, tookMs);
      const next = Math.min(2 * current, Math.max(current / 2, fitting));
      current = Math.round(Math.min(LARGEST, Math.max(SMALLEST, next)));
    },
  };
}
