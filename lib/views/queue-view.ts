import type { Queue } from "@/lib/api/schemas/queues";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { toInstant } from "@/lib/format/to-instant";
import { listQueues, type StoredQueue } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { listWorkers, type StoredWorker } from "@/lib/store/workers";

/** All queues as the contract shows them: one with messages and no consumer like any other. */
export async function listQueueViews(store: Store): Promise<Queue[]> {
  const [queues, workers] = await Promise.all([listQueues(store), listWorkers(store)]);
  const online = workers.filter(isWorkerOnline);
  return queues.map((queue) => viewQueue(queue, online));
}

function viewQueue(queue: StoredQueue, online: readonly StoredWorker[]): Queue {
  const { sampledAt, ...sample } = queue;
  const consumedBy = online
    .filter(({ answers }) => answers?.queues?.includes(queue.name))
    .map(({ hostname }) => hostname);
  // A worker that has not said yet may consume it: then the number is unknown.
  const allHaveSaid = online.every(({ answers }) => answers?.queues != null);
  return {
    ...sample,
    byPriority: sample.byPriority === null ? null : { ...sample.byPriority },
    consumers: sample.consumers ?? (allHaveSaid ? consumedBy.length : null),
    sampledAt: toInstant(sampledAt),
    consumedBy,
  };
}
