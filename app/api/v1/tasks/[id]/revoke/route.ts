import { revokeSchema } from "@/lib/api/schemas/control";
import { revokeTask } from "@/lib/control/revoke-task";
import { route } from "@/lib/http/route";

const options = { body: revokeSchema, mayLackBody: true };

export const POST = route(options, ({ params, body, actor, services }) => {
  const { store, results, settings } = services;
  return revokeTask(
    { store, results, broker: services.broker(), redact: settings.CELERIAC_REDACT },
    { id: params.id ?? "", actor: actor.name, ...body },
  );
});
