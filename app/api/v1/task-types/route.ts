import { pageQuerySchema } from "@/lib/api/schemas/common";
import { toInstant } from "@/lib/format/to-instant";
import { listHistoryTaskTypes } from "@/lib/history/list-task-types";
import { route } from "@/lib/http/route";

export const GET = route({ query: pageQuerySchema }, async ({ query, services }) => {
  const after = query.cursor === undefined ? null : Buffer.from(query.cursor, "base64url").toString();
  const { types, hasMore } = await listHistoryTaskTypes(services, {
    limit: query.limit,
    after,
  });
  const last = types.at(-1);
  return {
    items: types.map((type) => ({ ...type, lastSeenAt: toInstant(type.lastSeenAt) })),
    nextCursor: hasMore && last ? Buffer.from(last.name).toString("base64url") : null,
  };
});
