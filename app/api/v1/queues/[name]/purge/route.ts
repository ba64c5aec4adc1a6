import { purgeSchema } from "@/lib/api/schemas/queues";
import { purgeQueue } from "@/lib/control/purge-queue";
import { route } from "@/lib/http/route";

export const POST = route({ body: purgeSchema }, async ({ params, body, actor, services }) => ({
  purged: await purgeQueue(
    { store: services.store, broker: services.broker() },
    { name: params.name ?? "", depth: body.depth, actor: actor.name },
  ),
}));
