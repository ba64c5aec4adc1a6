import { previewRequestSchema } from "@/lib/api/schemas/redispatches";
import { acceptsJsonLines, jsonLines } from "@/lib/http/json-lines";
import { route } from "@/lib/http/route";
import { createLogger } from "@/lib/logger";
import { createPreview, type PreviewWatch } from "@/lib/redispatch/create-preview";
import { viewPreview } from "@/lib/views/preview-view";
import { readRedispatchSettings, readSelection } from "@/lib/views/redispatch-request";
import { streamPreview } from "@/lib/views/stream-preview";

const logger = createLogger("web");

export const POST = route(
  { body: previewRequestSchema, readOnly: true },
  async ({ body, actor, services, request }) => {
    const { queue, confirmTyped, includeRedispatched, includeLost } = body;
    const wanted = {
      selection: readSelection(body),
      actor: actor.name,
      ...{ queue, confirmTyped, includeRedispatched, includeLost },
    };
    const make = async (watch: PreviewWatch) => {
      const preview = await createPreview(services, readRedispatchSettings(services.settings), wanted, watch);
      return viewPreview(preview, services.settings.CELERIAC_REDACT);
    };
    if (!acceptsJsonLines(request)) return make({ signal: request.signal });
    return jsonLines(request, logger, (send, signal) => streamPreview(send, signal, make));
  },
);
