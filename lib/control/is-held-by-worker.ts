import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import { readScheduledTasks, readTaskInfos } from "@/lib/celery/control/read-task-infos";
import { objectOf } from "@/lib/celery/wire-fields";
import type { WireValue } from "@/lib/celery/wire-value";
import type { StoredWorker } from "@/lib/store/workers";

const TIMEOUT_MS = 2_000;

/**
 * Whether one of the workers says that it holds the task. Of one that could freeze on saying what it has reserved only what
 * it runs is known (celery-wire.md C.7).
 */
export async function isHeldByWorker(
  broker: Broker,
  workers: readonly StoredWorker[],
  id: string,
): Promise<boolean> {
  const isSafe = ({ answers }: StoredWorker) => isSafeToAsk("query_task", answers?.acceptContent ?? null);
  const safe = workers.filter(isSafe).map(({ hostname }) => hostname);
  const others = workers.filter((worker) => !isSafe(worker)).map(({ hostname }) => hostname);
  const questions = [
    ...(safe.length > 0 ? [holdsReserved(broker, safe, id), holdsScheduled(broker, safe, id)] : []),
    ...(others.length > 0 ? [runs(broker, others, id)] : []),
  ];
  return (await Promise.all(questions)).includes(true);
}

async function holdsReserved(broker: Broker, destination: readonly string[], id: string): Promise<boolean> {
  const request = createControlRequest({ method: "query_task", arguments: { ids: [id] }, destination });
  return someReply(broker, request, (reply) => objectOf(reply)?.has(id) ?? false);
}

/** Tasks that wait for their eta, which `query_task` does not know before Celery 5.7. */
async function holdsScheduled(broker: Broker, destination: readonly string[], id: string): Promise<boolean> {
  const request = createControlRequest({ method: "scheduled", destination });
  return someReply(
    broker,
    request,
    (reply) => readScheduledTasks(reply)?.some((task) => task.request.id === id) ?? false,
  );
}

async function runs(broker: Broker, destination: readonly string[], id: string): Promise<boolean> {
  const request = createControlRequest({ method: "active", arguments: { safe: true }, destination });
  return someReply(broker, request, (reply) => readTaskInfos(reply)?.some((task) => task.id === id) ?? false);
}

async function someReply(
  broker: Broker,
  request: Parameters<Broker["control"]>[0],
  holds: (reply: WireValue) => boolean,
): Promise<boolean> {
  const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  return replies.some(({ value, error }) => error === null && holds(value));
}
