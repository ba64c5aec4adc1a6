import { route } from "@/lib/http/route";
import { listQueueViews } from "@/lib/views/queue-view";

export const GET = route({}, ({ services }) => listQueueViews(services.store));
