import { matchesRoute } from "./matches-route";

/** Which rule of the design chose the queue. */
export type QueueRule = "task-event" | "type-last-seen" | "worker-queue" | "route" | "default" | "operator";

/** What is known about queues when a batch is planned. */
export interface QueueKnowledge {
  /** The queue a person chose for the whole batch, or null. */
  readonly operatorQueue: string | null;
  /** Task name → the queue that its tasks were last seen to go to. */
  readonly typeQueues: ReadonlyMap<string, string>;
  /** Hostname → the queues it consumes; a worker that hasn't answered is absent. */
  readonly workerQueues: ReadonlyMap<string, readonly string[]>;
  /** Name patterns and their queues, in the order of CELERIAC_ROUTES. */
  readonly routes: readonly (readonly [pattern: string, queue: string])[];
  readonly defaultQueue: string;
}

/** What is known about one task that bears on its queue. */
export interface RoutedTask {
  readonly name: string;
  /** Where this very task went, when an event said so. */
  readonly queue: string | null;
  /** Hostname of the worker that ran it. */
  readonly worker: string | null;
}

/** A queue and the rule that chose it. */
export interface QueueChoice {
  readonly queue: string;
  readonly rule: QueueRule;
}

/**
 * Chooses where a task is sent again: a person's choice, else this very task's queue, else where its type was last
 * seen to go, else the one queue of the worker that ran it, else the first route that matches, else the default.
 */
export function chooseQueue(task: RoutedTask, knowledge: QueueKnowledge): QueueChoice {
  if (knowledge.operatorQueue !== null) return { queue: knowledge.operatorQueue, rule: "operator" };
  if (task.queue) return { queue: task.queue, rule: "task-event" };
  const typeQueue = knowledge.typeQueues.get(task.name);
  if (typeQueue) return { queue: typeQueue, rule: "type-last-seen" };
  const workerQueue = onlyQueueOf(task.worker, knowledge.workerQueues);
  if (workerQueue) return { queue: workerQueue, rule: "worker-queue" };
  const route = knowledge.routes.find(([pattern]) => matchesRoute(task.name, pattern));
  if (route) return { queue: route[1], rule: "route" };
  return { queue: knowledge.defaultQueue, rule: "default" };
}

/** The queue of a worker that consumes just one; null where there is a choice, or nothing is known. */
function onlyQueueOf(
  worker: string | null,
  workerQueues: ReadonlyMap<string, readonly string[]>,
): string | null {
  const queues = worker === null ? undefined : workerQueues.get(worker);
  return queues?.length === 1 ? (queues[0] ?? null) : null;
}
