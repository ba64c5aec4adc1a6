import type { MemorySample } from "@/lib/store/worker-samples";
import type { MemoryGrowth } from "./cluster-facts";

const MINUTE_MS = 60_000;
/** The longest is tried first: a slow leak shows in hours, one that has just begun in half an hour. */
const WINDOWS_MS = [360, 120, 30].map((minutes) => minutes * MINUTE_MS);
/** How far back samples are needed. */
export const MEMORY_WINDOW_MS = 360 * MINUTE_MS;
/** Of a window, that must have been looked at. */
const LEAST_COVERED = 0.9;
const LEAST_GROWTH = 0.2;
const LEAST_BYTES = 20 * 1024 * 1024;
const PARTS = 4;

/**
 * Whether the memory of a worker's process (samples of one worker, oldest first) rises steadily: by a fifth or more, and in
 * each quarter of the time by at least half its share. The samples are peaks, which never fall, so a line fitted to them
 * rises for every process: one that has warmed up or has had one large task is told by the quarters in which nothing was
 * added.
 */
export function findMemoryGrowth(samples: readonly MemorySample[]): MemoryGrowth | null {
  const last = samples.at(-1);
  if (last === undefined) return null;
  // A process that was replaced is another one.
  const own = samples.slice(samples.findLastIndex(({ pid }) => pid !== last.pid) + 1);
  for (const windowMs of WINDOWS_MS) {
    const growth = judge(
      own.filter(({ at }) => at >= last.at - windowMs),
      windowMs,
    );
    if (growth !== null) return growth;
  }
  return null;
}

function judge(samples: readonly MemorySample[], windowMs: number): MemoryGrowth | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return null;
  const spanMs = last.at - first.at;
  const grown = last.maxRssBytes - first.maxRssBytes;
  // The last window must be covered in full: half an hour is the least that tells anything.
  if (spanMs < windowMs * LEAST_COVERED || grown < Math.max(LEAST_BYTES, first.maxRssBytes * LEAST_GROWTH)) {
    return null;
  }
  for (let part = 0; part < PARTS; part++) {
    const from = bytesAt(samples, first.at + (spanMs * part) / PARTS);
    const to = bytesAt(samples, first.at + (spanMs * (part + 1)) / PARTS);
    if (to - from < grown / PARTS / 2) return null;
  }
  return { fromBytes: first.maxRssBytes, toBytes: last.maxRssBytes, seconds: spanMs / 1000 };
}

/** The peak as of `at`, epoch ms. */
function bytesAt(samples: readonly MemorySample[], at: number): number {
  return (samples.findLast((sample) => sample.at <= at) ?? samples[0])?.maxRssBytes ?? 0;
}
