import { stuckQuerySchema } from "@/lib/api/schemas/stuck";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { route } from "@/lib/http/route";
import { viewStuckList } from "@/lib/views/stuck-view";
import { getVisibilityTimeout } from "@/lib/visibility-timeout";

export const GET = route({ query: stuckQuerySchema }, async ({ query, services }) => {
  const { store, results, settings } = services;
  const sources = {
    ...{ store, results, broker: services.broker() },
    visibilityTimeoutSeconds: getVisibilityTimeout(settings),
  };
  return viewStuckList(await listStuckTasks(sources, { seconds: query.seconds, now: Date.now() }));
});
