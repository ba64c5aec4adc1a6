import { batchRetryIdsQuerySchema } from "@/lib/api/schemas/redispatches";
import { route } from "@/lib/http/route";
import { requireBatch } from "@/lib/views/batch-view";
import { listRetryIds } from "@/lib/views/list-retry-ids";

export const GET = route({ query: batchRetryIdsQuerySchema }, async ({ params, query, services }) => {
  const { id } = await requireBatch(services.store, params.id ?? "");
  return listRetryIds(services.store, id, query);
});
