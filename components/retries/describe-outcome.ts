import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";

/**
 * The outcome in one line: `3,912 of 4,000 succeeded`, of those that were to be sent; once all have ended, how many
 * failed again as well.
 */
export function describeOutcome({ state, outcomes, total, skipped }: Batch): string {
  const succeeded = `${formatCount(outcomes.succeeded)} of ${formatCount(total - skipped)} succeeded`;
  const hasEnded = state !== "running" && state !== "paused" && outcomes.pending === 0;
  return hasEnded && outcomes.failed > 0
    ? `${succeeded}, ${formatCount(outcomes.failed)} failed again`
    : succeeded;
}
