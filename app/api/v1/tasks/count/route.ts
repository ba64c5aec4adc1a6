import { taskFilterSchema } from "@/lib/api/schemas/tasks";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { route } from "@/lib/http/route";
import { viewTaskCount } from "@/lib/views/task-view";

export const GET = route({ query: taskFilterSchema }, async ({ query, services }) =>
  viewTaskCount(await countTaskHistory(services, readHistoryQuery(query, services))),
);
