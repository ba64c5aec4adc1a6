import { route } from "@/lib/http/route";
import { getQueueView } from "@/lib/views/queue-view";

export const GET = route({}, ({ params, services }) => getQueueView(services.store, params.name ?? ""));
