import { readFileSync } from "node:fs";

/** The most that we blame on the machine: a promise of 5 seconds is broken after 20, however busy it is. */
const MOST_PATIENCE = 4;

/**
 * Starts to measure how well a promise of so many seconds is kept. The function that it returns tells the milliseconds since,
 * without those in which some program of this machine waited for a processor: a test must not fail because others run.
 */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  const stalledBefore = readStalledMs();
  return () => {
    const elapsedMs = performance.now() - startedAt;
    const stalledMs = readStalledMs() - stalledBefore;
    return Math.max(elapsedMs - stalledMs, elapsedMs / MOST_PATIENCE);
  };
}

/** What Linux counts as pressure on the processors; where it does not, all time counts as such. */
function readStalledMs(): number {
  try {
    const [, micros] = /^some .*total=(\d+)/.exec(readFileSync("/proc/pressure/cpu", "utf8")) ?? [];
    return Number(micros) / 1000;
  } catch {
    return performance.now();
  }
}
