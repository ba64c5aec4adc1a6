import { queueMessagesQuerySchema } from "@/lib/api/schemas/queues";
import { route } from "@/lib/http/route";
import { getQueueMessages } from "@/lib/views/queue-messages";

export const GET = route(
  { query: queueMessagesQuerySchema, leavesTraces: true },
  ({ params, query, services }) => getQueueMessages(services, params.name ?? "", query.limit),
);
