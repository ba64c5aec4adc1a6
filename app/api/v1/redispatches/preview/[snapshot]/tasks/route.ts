import { z } from "zod";
import { blockedTasksQuerySchema } from "@/lib/api/schemas/preview-tasks";
import { readCursor, writeCursor } from "@/lib/http/cursor";
import { route } from "@/lib/http/route";
import { listBlockedItems } from "@/lib/store/draft-items";

export const GET = route({ query: blockedTasksQuerySchema }, async ({ params, query, services }) => {
  const { reason, cursor, limit } = query;
  const [afterPosition] = cursor ? readCursor(cursor, z.tuple([z.number().int()])) : [-1];
  const choice = { reason, afterPosition, limit: limit + 1 };
  const found = await listBlockedItems(services.store, params.snapshot ?? "", choice);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ originalId, name, queue }) => ({ id: originalId, name, queue })),
    nextCursor: last && found.length > page.length ? writeCursor([last.position]) : null,
  };
});
