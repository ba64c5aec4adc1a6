import { route } from "@/lib/http/route";
import { moveBatchOrRefuse } from "@/lib/views/move-batch-or-refuse";

export const POST = route({}, ({ params, actor, services }) =>
  moveBatchOrRefuse(services.store, params.id ?? "", { move: "pause", actor: actor.name }),
);
