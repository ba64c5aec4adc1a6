import { throughputQuerySchema } from "@/lib/api/schemas/live";
import { route } from "@/lib/http/route";
import { getThroughputView } from "@/lib/views/throughput-view";

export const GET = route({ query: throughputQuerySchema }, ({ query, services }) =>
  getThroughputView(services.store, { ...query, now: Date.now() }),
);
