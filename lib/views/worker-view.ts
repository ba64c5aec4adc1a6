import type { Worker } from "@/lib/api/schemas/workers";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { toInstant } from "@/lib/format/to-instant";
import type { StoredWorker } from "@/lib/store/workers";

/** A worker as the contract shows it. */
export function viewWorker(worker: StoredWorker): Worker {
  const { answers } = worker;
  return {
    hostname: worker.hostname,
    status: isWorkerOnline(worker) ? "online" : "offline",
    lastHeartbeatAt: toInstant(worker.lastHeartbeatAt),
    active: worker.active,
    processed: worker.processed,
    pool: answers?.pool ?? null,
    concurrency: answers?.concurrency ?? null,
    prefetchCount: answers?.prefetchCount ?? null,
    queues: answers?.queues ? [...answers.queues] : null,
    softwareVersion: worker.softwareVersion,
    loadAverage: worker.loadAverage ? [...worker.loadAverage] : null,
    pid: worker.pid ?? answers?.pid ?? null,
    maxRssBytes: answers?.maxRssBytes ?? null,
    taskEvents: answers?.taskEvents ?? null,
    // Of one that is offline the rest is of no matter any more.
    marks: isWorkerOnline(worker) ? [...worker.marks] : [],
  };
}
