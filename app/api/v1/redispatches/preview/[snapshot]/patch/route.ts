import { patchSchema } from "@/lib/api/schemas/kwargs-patches";
import { route } from "@/lib/http/route";
import { previewPatch } from "@/lib/redispatch/preview-patch";
import { readPatch } from "@/lib/redispatch/read-patches";
import { checkPatches } from "@/lib/views/check-patches";
import { viewPatchPreview } from "@/lib/views/preview-view";

export const POST = route(
  { body: patchSchema, readOnly: true },
  async ({ params, body, services, request }) => {
    const redact = services.settings.CELERIAC_REDACT;
    checkPatches([body], redact);
    const patch = readPatch(body, "patch");
    const target = { snapshot: params.snapshot ?? "", name: body.name };
    return viewPatchPreview(await previewPatch(services, target, patch, request.signal), patch, redact);
  },
);
