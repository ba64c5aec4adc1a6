import { taskFilterSchema } from "@/lib/api/schemas/tasks";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { route } from "@/lib/http/route";

export const GET = route({ query: taskFilterSchema }, ({ query, services }) =>
  countTaskHistory(services, readHistoryQuery(query, services)),
);
