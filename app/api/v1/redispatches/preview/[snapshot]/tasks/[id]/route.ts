import { route } from "@/lib/http/route";
import { getPreviewTask } from "@/lib/redispatch/get-preview-task";
import { viewPreviewTask } from "@/lib/views/preview-task-view";

export const GET = route({}, async ({ params, services }) => {
  const { snapshot = "", id = "" } = params;
  return viewPreviewTask(await getPreviewTask(services, snapshot, id), services.settings.CELERIAC_REDACT);
});
