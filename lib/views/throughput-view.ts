import { toInstant } from "@/lib/format/to-instant";
import { listEventGaps } from "@/lib/store/event-gaps";
import type { Store } from "@/lib/store/store";
import { getThroughput } from "@/lib/store/throughput";

/** What ended in the `minutes` before `now` (epoch ms), and the times of which events are missing. */
export async function getThroughputView(
  store: Store,
  range: { readonly minutes: number; readonly points: number; readonly now: number },
) {
  const { bucketSeconds, points } = await getThroughput(store, range);
  const gaps = await listEventGaps(store, points[0]?.at ?? range.now, range.now);
  return {
    bucketSeconds,
    points: points.map((point) => ({ ...point, at: toInstant(point.at) })),
    gaps: gaps.map((gap) => ({ ...gap, from: toInstant(gap.from), to: toInstant(gap.to) })),
  };
}
