import { timeTicks } from "d3-time";

/** About so many: where there is no room for all, the axis leaves some out. */
const WANTED = 6;

/** Round times of this computer's clock between two instants, ascending; all in epoch ms. */
export function listRoundTicks(from: number, to: number): number[] {
  return timeTicks(new Date(from), new Date(to), WANTED).map(Number);
}

/** Those round times at which a bucket begins; undefined where no two do, as in a zone that the buckets don't fit into. */
export function pickRoundTicks(buckets: readonly number[]): number[] | undefined {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const begins = new Set(buckets);
  const ticks = listRoundTicks(first, last).filter((at) => begins.has(at));
  return ticks.length < 2 ? undefined : ticks;
}
