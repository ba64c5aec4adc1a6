import { route } from "@/lib/http/route";
import { listWorkers } from "@/lib/store/workers";
import { viewWorker } from "@/lib/views/worker-view";

export const GET = route({}, async ({ services }) => {
  const workers = await listWorkers(services.store);
  return { items: workers.map(viewWorker), nextCursor: null };
});
