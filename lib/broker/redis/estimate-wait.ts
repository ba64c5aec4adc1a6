import { type ListHistory, PRECISE_SPAN_MS } from "./follow-list";

/** Clocks of senders are trusted to agree with ours within this. */
const CLOCK_TOLERANCE_MS = 2_000;

/** How long the oldest message has waited; `isMinimum` says that it may be longer. */
export interface Wait {
  readonly seconds: number;
  readonly isMinimum: boolean;
}

/**
 * Dates the oldest message of a list at the history's last look, within 2 s unless `isMinimum`. `sentAt` (epoch ms) is when
 * its task was sent, or null; it counts where the looks alone can't tell and it does not contradict them. Null for an
 * empty list.
 */
export function estimateWait(history: ListHistory, sentAt: number | null): Wait | null {
  const { oldest, at } = history;
  if (oldest === null) return null;
  const { after, by, isRedelivered } = oldest;
  if (after !== null && by - after <= PRECISE_SPAN_MS) return toWait(at, (after + by) / 2, false);
  const isPossible =
    sentAt !== null &&
    sentAt <= by + CLOCK_TOLERANCE_MS &&
    (after === null || sentAt >= after - CLOCK_TOLERANCE_MS);
  if (!isPossible) return toWait(at, by, true);
  // Of several that were put back the oldest need not stand at the tail.
  return toWait(at, isRedelivered ? Math.min(sentAt, by) : sentAt, isRedelivered);
}

/** The wait of a queue of several lists: the longest of them. */
export function longestWait(waits: readonly (Wait | null)[]): Wait {
  const known = waits.filter((wait) => wait !== null);
  return {
    seconds: Math.max(0, ...known.map((wait) => wait.seconds)),
    isMinimum: known.some((wait) => wait.isMinimum),
  };
}

function toWait(at: number, since: number, isMinimum: boolean): Wait {
  return { seconds: Math.max(0, at - since) / 1000, isMinimum };
}
