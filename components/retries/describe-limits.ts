import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { formatRate } from "@/lib/format/rate";

/** What holds the sending back, in words: `at most 40/s, the queue kept below 1,000`. */
export function describeLimits({ ratePerSecond, keepQueueBelow }: Batch): string {
  const rate = ratePerSecond === null ? null : `at most ${formatRate(ratePerSecond)}`;
  const room = keepQueueBelow === null ? null : `the queue kept below ${formatCount(keepQueueBelow)}`;
  return [rate, room].filter((part) => part !== null).join(", ") || "no limit of rate";
}
