import { revokeByHeadersSchema } from "@/lib/api/schemas/control";
import { revokeByHeaders } from "@/lib/control/revoke-by-headers";
import { route } from "@/lib/http/route";

export const POST = route({ body: revokeByHeadersSchema }, ({ body, actor, services }) => {
  const { store, settings } = services;
  return revokeByHeaders(
    { store, broker: services.broker(), redact: settings.CELERIAC_REDACT },
    { actor: actor.name, ...body },
  );
});
