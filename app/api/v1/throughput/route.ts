import { throughputQuerySchema } from "@/lib/api/schemas/live";
import { toInstant } from "@/lib/format/to-instant";
import { route } from "@/lib/http/route";
import { getThroughput } from "@/lib/store/throughput";

export const GET = route({ query: throughputQuerySchema }, async ({ query, services }) => {
  const { bucketSeconds, points } = await getThroughput(services.store, { ...query, now: Date.now() });
  return { bucketSeconds, points: points.map((point) => ({ ...point, at: toInstant(point.at) })) };
});
