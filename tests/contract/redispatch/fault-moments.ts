import { setTimeout as delay } from "node:timers/promises";
import type { LaneBatch } from "./fault-lanes";

/** A pacer's quarter of a second at the tests' rate: so a moment may fall anywhere between two chunks. */
const LONGEST_WAIT_MS = 60;
/** Between two looks at a batch: a fraction of what a chunk takes, and yet no load. */
const LOOK_MS = 10;
/** Of a batch: some chunks are left after the last moment, so that a look does find one of them on its way. */
const STRUCK_SHARE = 0.85;

/**
 * Does `fault` at `count` random moments of the batches, one in each part of the slowest one; every second one while a
 * chunk of it is on its way. Returns how many fell into a batch that still ran.
 */
export async function strikeAtMoments(
  batches: readonly LaneBatch[],
  { count, random, fault }: { count: number; random: () => number; fault: () => Promise<void> | void },
): Promise<number> {
  let hits = 0;
  for (let moment = 0; moment < count; moment += 1) {
    const share = (STRUCK_SHARE * (moment + random())) / count;
    const isRunning = await waitForMoment(batches, { share, isOpen: moment % 2 === 1 });
    await delay(random() * LONGEST_WAIT_MS);
    await fault();
    if (isRunning) hits += 1;
  }
  return hits;
}

async function waitForMoment(
  batches: readonly LaneBatch[],
  { share, isOpen }: { share: number; isOpen: boolean },
): Promise<boolean> {
  for (;;) {
    // The database may be the one that is away.
    const records = await Promise.all(batches.map(({ lane, id }) => lane.get(id))).catch(() => []);
    const slowest = records.sort((one, other) => one.position / one.total - other.position / other.total)[0];
    if (slowest?.state === "done") return false;
    const isReached = slowest !== undefined && slowest.position >= share * slowest.total;
    if (isReached && (!isOpen || slowest.chunkEnd !== null)) return true;
    await delay(LOOK_MS);
  }
}
