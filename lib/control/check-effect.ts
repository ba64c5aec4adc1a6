import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { readConf } from "@/lib/celery/control/read-conf";
import { readStats } from "@/lib/celery/control/read-stats";
import type { ControlRequest } from "@/lib/celery/control-message";
import { integerOf, textOf } from "@/lib/celery/wire-fields";
import type { WireValue } from "@/lib/celery/wire-value";
import { AppError } from "@/lib/errors";

const TIMEOUT_MS = 5_000;

/**
 * Throws AppError `conflict` when a command, valid as it is, would end the worker or leave it unable to run anything, which
 * Celery does without a word (docs/decisions/0010-what-commands-are-refused.md); `worker_timeout` when the worker can't say.
 */
export async function checkEffect(broker: Broker, hostname: string, request: ControlRequest): Promise<void> {
  if (request.method === "pool_shrink")
    await checkShrink(broker, hostname, integerOf(request.arguments.n) ?? 0);
  if (request.method === "add_consumer") {
    await checkConsume(broker, hostname, textOf(request.arguments.queue) ?? "");
  }
}

async function checkShrink(broker: Broker, hostname: string, count: number): Promise<void> {
  const { concurrency } = readStats(await ask(broker, hostname, "stats"));
  if (concurrency === null || count < concurrency) return;
  throw new AppError(
    "conflict",
    `${hostname} has ${concurrency} ${concurrency === 1 ? "process" : "processes"}: ${count} fewer would leave none, and it would ` +
      "take tasks without ever running them. To stop it, shut it down.",
  );
}

async function checkConsume(broker: Broker, hostname: string, queue: string): Promise<void> {
  const conf = readConf(await ask(broker, hostname, "conf"));
  // These it declares as its settings say, like every worker of its kind that starts.
  if (conf.declaredQueues?.includes(queue)) return;
  const problem = await broker.findConsumeProblem(queue, conf.taskQueueMaxPriority);
  if (problem === null) return;
  throw new AppError(
    "conflict",
    `${hostname} can't consume ${JSON.stringify(queue)}: it would end of it. ${problem} Only a worker whose task_queues setting ` +
      "declares this queue as it is can consume it.",
  );
}

async function ask(broker: Broker, hostname: string, method: "stats" | "conf"): Promise<WireValue> {
  // Django's projects tell Celery's own settings only with the defaults among them.
  const options = method === "conf" ? { with_defaults: true } : {};
  const request = createControlRequest({ method, arguments: options, destination: [hostname] });
  const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  const reply = replies.find(({ hostname: name, error }) => name === hostname && error === null);
  if (reply !== undefined) return reply.value;
  throw new AppError(
    "worker_timeout",
    `${hostname} did not say within ${TIMEOUT_MS / 1000} s what it is, so nothing was done. It may be busy or frozen; try again.`,
  );
}
