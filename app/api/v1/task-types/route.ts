import { taskTypeQuerySchema } from "@/lib/api/schemas/task-types";
import { listHistoryTaskTypes } from "@/lib/history/list-task-types";
import { route } from "@/lib/http/route";
import { getListening } from "@/lib/store/listening";
import { viewTaskTypes } from "@/lib/views/task-types-view";

export const GET = route({ query: taskTypeQuerySchema }, async ({ query, services }) => {
  const { cursor, limit, name = null, range } = query;
  const after = cursor === undefined ? null : Buffer.from(cursor, "base64url").toString();
  const now = Date.now();
  const list = await listHistoryTaskTypes(services, { limit, after, name, range, now });
  const last = list.types.at(-1);
  return {
    ...viewTaskTypes(list, await getListening(services.store), now),
    nextCursor: list.hasMore && last ? Buffer.from(last.name).toString("base64url") : null,
  };
});
