import { findGoneWorker, type TakenTask } from "@/lib/celery/find-gone-worker";
import { isAtLeastVersion } from "@/lib/celery/is-at-least-version";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { StoredWorker } from "@/lib/store/workers";

/** What the online workers have said of themselves, as far as it bears on sending tasks to them. */
export interface ClusterKnowledge {
  readonly onlineCount: number;
  /** Hostname → its queues; offline workers too, by their last answer. */
  readonly workerQueues: ReadonlyMap<string, readonly string[]>;
  /** Queues that an online worker consumes; null when none of them has said. */
  readonly consumedQueues: ReadonlySet<string> | null;
  /** Names that an online worker registers; null unless all of them have said. */
  readonly registeredNames: ReadonlySet<string> | null;
  /** Every online worker, and there is one, has kombu ≥ 5.3, which rebuilds typed values from JSON. */
  readonly readsTypedValues: boolean;
  /** False when an online worker that may consume the queue is known not to take JSON: it would drop the task. */
  acceptsJson(queue: string): boolean;
  /** Whether the worker that took the task is gone for sure, so that it will not end it. */
  hasLost(task: TakenTask): boolean;
}

/** Sums up the store's workers as of `now` (epoch ms). */
export function describeCluster(workers: readonly StoredWorker[], now: number): ClusterKnowledge {
  const online = workers.filter(isWorkerOnline);
  const byName = new Map(workers.map((worker) => [worker.hostname, worker]));
  const withoutJson = online.filter((worker) => !takesJson(worker));
  const served = new Set(online.filter(takesJson).flatMap(({ answers }) => answers?.queues ?? []));
  // Two workers of one queue that take different content would destroy each other's tasks: a queue of unknown consumers
  // that a worker with JSON serves is not another one's.
  const isServed = (queue: string, answers: StoredWorker["answers"]) => !answers?.queues && served.has(queue);
  return {
    onlineCount: online.length,
    workerQueues: new Map(
      workers.flatMap((worker) => (worker.answers?.queues ? [[worker.hostname, worker.answers.queues]] : [])),
    ),
    consumedQueues: unionOfKnown(online.map((worker) => worker.answers?.queues ?? null)),
    registeredNames: unionOfAll(online.map((worker) => worker.answers?.registered ?? null)),
    readsTypedValues: online.length > 0 && online.every(hasKombu53),
    hasLost: (task) => findGoneWorker(task, byName.get(task.worker ?? ""), now) !== null,
    acceptsJson: (queue) =>
      withoutJson.every(
        ({ answers }) => answers?.queues?.includes(queue) === false || isServed(queue, answers),
      ),
  };
}

/** A worker that didn't say takes JSON: it is Celery's default. One that can't be asked in JSON does not. */
function takesJson({ answers }: StoredWorker): boolean {
  if (answers?.refusesJson) return false;
  const accepted = answers?.acceptContent;
  return !accepted || accepted.some((type) => type === "json" || type === "application/json");
}

/** Celery 5.3 needs kombu 5.3, and no older Celery allows it (celery-wire.md F.8). */
function hasKombu53({ softwareVersion }: StoredWorker): boolean {
  return isAtLeastVersion(softwareVersion, [5, 3]);
}

function unionOfKnown(lists: readonly (readonly string[] | null)[]): ReadonlySet<string> | null {
  const known = lists.filter((list) => list !== null);
  return known.length === 0 ? null : new Set(known.flat());
}

function unionOfAll(lists: readonly (readonly string[] | null)[]): ReadonlySet<string> | null {
  return lists.length === 0 || lists.includes(null) ? null : unionOfKnown(lists);
}
