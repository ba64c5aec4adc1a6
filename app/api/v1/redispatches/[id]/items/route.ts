import { z } from "zod";
import { batchItemsQuerySchema } from "@/lib/api/schemas/redispatches";
import { readCursor, writeCursor } from "@/lib/http/cursor";
import { route } from "@/lib/http/route";
import { listBatchItems } from "@/lib/store/batch-items";
import { requireBatch, viewBatchItem } from "@/lib/views/batch-view";

export const GET = route({ query: batchItemsQuerySchema }, async ({ params, query, services }) => {
  const batch = await requireBatch(services.store, params.id ?? "");
  const [afterPosition] = query.cursor ? readCursor(query.cursor, z.tuple([z.number().int()])) : [-1];
  const found = await listBatchItems(services.store, batch, query, {
    limit: query.limit + 1,
    afterPosition,
  });
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(viewBatchItem),
    nextCursor: last && found.length > page.length ? writeCursor([last.position]) : null,
  };
});
