import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";

/** The outcome in one line: `3,912 of 4,000 succeeded`. */
export function describeOutcome({ outcomes, total }: Batch): string {
  return `${formatCount(outcomes.succeeded)} of ${formatCount(total)} succeeded`;
}
