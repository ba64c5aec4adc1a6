import { previewRequestSchema } from "@/lib/api/schemas/redispatches";
import { route } from "@/lib/http/route";
import { createPreview } from "@/lib/redispatch/create-preview";
import { viewPreview } from "@/lib/views/preview-view";
import { readRedispatchSettings, readSelection } from "@/lib/views/redispatch-request";

export const POST = route(
  { body: previewRequestSchema, readOnly: true },
  async ({ body, actor, services }) => {
    const { queue, confirmTyped, includeRedispatched, includeLost } = body;
    const preview = await createPreview(services, readRedispatchSettings(services.settings), {
      selection: readSelection(body),
      actor: actor.name,
      queue,
      confirmTyped,
      includeRedispatched,
      includeLost,
    });
    return viewPreview(preview, services.settings.CELERIAC_REDACT);
  },
);
