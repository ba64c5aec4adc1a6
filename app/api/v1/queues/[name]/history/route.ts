import { queueHistoryQuerySchema } from "@/lib/api/schemas/queues";
import { toInstant } from "@/lib/format/to-instant";
import { route } from "@/lib/http/route";
import { readTimeRange } from "@/lib/http/time-range";
import { getQueueHistory } from "@/lib/store/queue-history";

const HOUR_MS = 3_600_000;

export const GET = route({ query: queueHistoryQuerySchema }, async ({ params, query, services }) => {
  const range = readTimeRange(query, { lastMs: HOUR_MS, now: Date.now() });
  const points = await getQueueHistory(services.store, {
    name: params.name ?? "",
    ...range,
    points: query.points,
  });
  return { points: points.map((point) => ({ ...point, at: toInstant(point.at) })) };
});
