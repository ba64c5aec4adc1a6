import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";
import { getWorker } from "@/lib/store/workers";
import { getWorkerDetail } from "@/lib/views/worker-detail";

export const GET = route({}, async ({ params, services }) => {
  const hostname = params.hostname ?? "";
  const worker = await getWorker(services.store, hostname);
  if (worker === null)
    throw new AppError("not_found", `No worker ${JSON.stringify(hostname)} was ever heard of.`);
  return getWorkerDetail(worker, {
    broker: services.broker(),
    store: services.store,
    redact: services.settings.CELERIAC_REDACT,
  });
});
