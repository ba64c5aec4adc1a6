import { timeTicks } from "d3-time";

/** About so many: where there is no room for all, the axis leaves some out. */
const WANTED = 6;

/** Round times of this computer's clock between two instants, ascending; all in epoch ms. */
export function listRoundTicks(from: number, to: number): number[] {
  return timeTicks(new Date(from), new Date(to), WANTED).map(Number);
}

/** The buckets in which a round time falls, and that time: in many a zone no bucket of two hours begins at midnight. */
export function findRoundBuckets(buckets: readonly number[]): ReadonlyMap<number, number> {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  return new Map(
    listRoundTicks(first, last).map((tick) => [buckets.findLast((at) => at <= tick) ?? first, tick]),
  );
}
