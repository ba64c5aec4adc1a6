import type { Queue } from "@/lib/api/schemas/queues";
import { formatWholeDuration } from "@/lib/format/duration";

/** How long the oldest message has waited: `4 min 12 s`, `over 4 min 12 s`, `unknown`; a dash when none waits. */
export function describeOldest({ oldestWaitingSeconds, oldestWaitingIsMinimum, depth }: Queue): string {
  if (depth === 0) return "–";
  if (oldestWaitingSeconds === null) return "unknown";
  return `${oldestWaitingIsMinimum ? "over " : ""}${formatWholeDuration(oldestWaitingSeconds)}`;
}
