import type { Queue, QueueList } from "@/lib/api/schemas/queues";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { toInstant } from "@/lib/format/to-instant";
import { getBrokerTotals, getQueueOrRefuse, listQueues, type StoredQueue } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { listWorkers, type StoredWorker } from "@/lib/store/workers";

/** All queues as the contract shows them: one with messages and no consumer like any other. */
export async function listQueueViews(store: Store): Promise<QueueList> {
  const [queues, workers, totals] = await Promise.all([
    listQueues(store),
    listWorkers(store),
    getBrokerTotals(store),
  ]);
  const online = workers.filter(isWorkerOnline);
  return {
    items: queues.map((queue) => viewQueue(queue, online)),
    nextCursor: null,
    delayed: totals?.delayed ?? null,
  };
}

/** One queue as the contract shows it. Throws AppError `not_found` for one that was not seen. */
export async function getQueueView(store: Store, name: string): Promise<Queue> {
  const [queue, workers] = await Promise.all([getQueueOrRefuse(store, name), listWorkers(store)]);
  return viewQueue(queue, workers.filter(isWorkerOnline));
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
