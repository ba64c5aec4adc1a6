import type { StoredCollectorStatus } from "@/lib/store/collector-status";

/** A collector that lags further behind tells of the past. */
const MOST_LAG_SECONDS = 60;

/** Why what the store knows is not how things are now, in words; null when it is. */
export function describeBlindness(collector: StoredCollectorStatus | null): string | null {
  if (collector === null || !collector.active) {
    return "No collector is running: this is what was known when the last one ended.";
  }
  if (!collector.broker.connected) return "The broker is away: this is what was known before.";
  if ((collector.lagSeconds ?? 0) > MOST_LAG_SECONDS) {
    return `The collector is ${Math.round(collector.lagSeconds ?? 0)} s behind: this is what was known then.`;
  }
  return null;
}
