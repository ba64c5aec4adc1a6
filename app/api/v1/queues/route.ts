import { route } from "@/lib/http/route";
import { listQueueViews } from "@/lib/views/queue-view";

export const GET = route({}, async ({ services }) => ({
  items: await listQueueViews(services.store),
  nextCursor: null,
}));
