import { workerHistoryQuerySchema } from "@/lib/api/schemas/workers";
import { toInstant } from "@/lib/format/to-instant";
import { route } from "@/lib/http/route";
import { readTimeRange } from "@/lib/http/time-range";
import { getWorkerHistory } from "@/lib/store/worker-samples";

const SIX_HOURS_MS = 6 * 3_600_000;

export const GET = route({ query: workerHistoryQuerySchema }, async ({ params, query, services }) => {
  const range = readTimeRange(query, { lastMs: SIX_HOURS_MS, now: Date.now() });
  const points = await getWorkerHistory(services.store, {
    hostname: params.hostname ?? "",
    ...range,
    points: query.points,
  });
  return { points: points.map((point) => ({ ...point, at: toInstant(point.at) })) };
});
