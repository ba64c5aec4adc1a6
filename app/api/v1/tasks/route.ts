import { taskListQuerySchema } from "@/lib/api/schemas/tasks";
import { listTaskHistory } from "@/lib/history/list-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { route } from "@/lib/http/route";
import { viewTaskPage } from "@/lib/views/task-view";

export const GET = route({ query: taskListQuerySchema }, async ({ query, services }) => {
  const page = await listTaskHistory(services, readHistoryQuery(query, services), {
    limit: query.limit,
    cursor: query.cursor ?? null,
    redact: services.settings.CELERIAC_REDACT,
  });
  return viewTaskPage(page);
});
