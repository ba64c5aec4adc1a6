import type { TaskSlice } from "@/lib/store/task-tables";

const DAY_MS = 86_400_000;
/** A slice of the limit's tenth: what is dropped at once is a tenth of the history. */
const SLICES_OF_LIMIT = 10;
/** A slice begins a little ahead of time: what ends meanwhile need not move. */
const AHEAD_MS = 2_000;
const AHEAD_OF_DAY_MS = 60_000;

/**
 * From when on (epoch ms) another slice is to hold what ends, or null when none is due: at each midnight UTC, and once the store
 * has grown by a tenth of `limitBytes` since the newest slice began.
 */
export function chooseCut({
  newest,
  grownBytes,
  limitBytes,
  now,
}: {
  readonly newest: Pick<TaskSlice, "from" | "beganAt">;
  readonly grownBytes: number;
  readonly limitBytes: number;
  readonly now: number;
}): number | null {
  const midnight = Math.floor((now + AHEAD_OF_DAY_MS) / DAY_MS) * DAY_MS;
  // Where nobody looked at midnight it is late, and what ended since would have to move.
  if (Math.max(newest.from, newest.beganAt) < midnight) return Math.max(midnight, now + AHEAD_MS);
  return grownBytes > limitBytes / SLICES_OF_LIMIT ? now + AHEAD_MS : null;
}

/**
 * Whether the oldest of `slices` (the newest first) is to go because the store uses more than `limitBytes`. One that is larger
 * than half of what may be kept, as after an upgrade or where the limit was lowered, stays until there is that much without it.
 */
export function isDroppedForSize(
  slices: readonly Pick<TaskSlice, "beganBytes">[],
  usedBytes: number,
  limitBytes: number,
): boolean {
  const [second, oldest] = [slices.at(-2), slices.at(-1)];
  if (second === undefined || oldest === undefined || usedBytes <= limitBytes) return false;
  const oldestBytes = second.beganBytes - oldest.beganBytes;
  return oldestBytes <= limitBytes / 2 || usedBytes - oldestBytes >= limitBytes / 2;
}
