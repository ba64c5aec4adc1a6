import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import { toStorableText } from "@/lib/store/json-rows";
import type { Store } from "@/lib/store/store";
import { getWorker, type StoredWorker } from "@/lib/store/workers";

/**
 * The worker of that name. Throws AppError `not_found` when it was never heard of, and `conflict` when it is offline: nobody
 * should wait for it.
 */
export async function requireOnlineWorker(store: Store, hostname: string): Promise<StoredWorker> {
  const worker = await getWorker(store, toStorableText(hostname));
  if (worker === null) {
    throw new AppError("not_found", `No worker ${JSON.stringify(hostname)} was ever heard of.`);
  }
  if (isWorkerOnline(worker)) return worker;
  const since = new Date(worker.lastHeartbeatAt).toISOString();
  throw new AppError(
    "conflict",
    `${hostname} is offline: it has been silent since ${since}, so it was not asked. Start it, or try again when it is back.`,
  );
}
