import { AppError } from "@/lib/errors";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { route } from "@/lib/http/route";
import { viewTaskDetail } from "@/lib/views/task-view";

export const GET = route({}, async ({ params, services }) => {
  const id = params.id ?? "";
  const task = await getTaskHistory(services, id, services.settings.CELERIAC_REDACT);
  if (task === null) {
    throw new AppError(
      "not_found",
      `Nothing is known of task ${JSON.stringify(id)}: no row in the result table and no event.`,
    );
  }
  return viewTaskDetail(task);
});
