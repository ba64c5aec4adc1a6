/** A pacer holds back no more than this much sending at once, so that a rate is smooth and a pause is quick. */
const BURST_SECONDS = 0.25;

/** What a pacer allows now: so many tasks at once, or a wait first (then `count` is 0). */
interface Allowance {
  readonly count: number;
  readonly waitMs: number;
}

/** Spreads sending over time. Times are any monotonic clock's milliseconds. */
export interface Pacer {
  /** How many of `wanted` tasks (at least 1) may be sent at `now`. */
  ask(wanted: number, now: number): Allowance;
  /** Takes note that `count` were sent. */
  spend(count: number): void;
}

/**
 * Returns a token bucket for `ratePerSecond` that holds a quarter of a second's worth (at least one task): in any span
 * of t seconds it allows at most `rate × t` tasks and one bucketful. null is no limit.
 */
export function createPacer(ratePerSecond: number | null, startedAt: number): Pacer {
  if (ratePerSecond === null) return { ask: (wanted) => ({ count: wanted, waitMs: 0 }), spend: () => {} };
  const capacity = Math.max(1, ratePerSecond * BURST_SECONDS);
  let tokens = 1;
  let filledAt = startedAt;
  return {
    ask(wanted, now) {
      const elapsedMs = Math.max(0, now - filledAt);
      tokens = Math.min(capacity, tokens + (elapsedMs / 1000) * ratePerSecond);
      filledAt = now;
      const needed = Math.min(wanted, Math.floor(capacity));
      // The tolerance keeps a rounding error of the last wait from costing one more.
      if (tokens + 1e-6 >= needed) {
        return { count: Math.min(wanted, Math.floor(tokens + 1e-6)), waitMs: 0 };
      }
      return { count: 0, waitMs: Math.ceil(((needed - tokens) / ratePerSecond) * 1000) };
    },
    spend(count) {
      tokens -= count;
    },
  };
}
