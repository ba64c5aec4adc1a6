import { doubtsDecisionSchema } from "@/lib/api/schemas/redispatches";
import { route } from "@/lib/http/route";
import { decideDoubts } from "@/lib/views/decide-doubts";

export const POST = route({ body: doubtsDecisionSchema }, ({ params, actor, services }) =>
  decideDoubts(services.store, params.id ?? "", actor.name),
);
