import type { RunningProcess } from "@/tests/support/start-process";
import { startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";
import type { DemoBroker } from "./parse-demo-options";

export interface RunningBroker {
  /** As a person calls it. */
  readonly name: string;
  readonly url: string;
  /** What Celeriac needs to know of it, by the names of its settings. */
  readonly settings: Readonly<Record<string, string>>;
  readonly process: Pick<RunningProcess, "exited" | "output" | "stop">;
}

/** Starts a broker of the demo's own, on free ports. */
export async function startBroker(
  kind: DemoBroker,
  onOutput: (text: string) => void,
): Promise<RunningBroker> {
  if (kind === "redis") {
    const redis = await startRedisServer({ onOutput });
    return { name: "Redis", url: redis.url, settings: { CELERY_BROKER_URL: redis.url }, process: redis };
  }
  const rabbitmq = await startRabbitmqServer({ onOutput });
  const { url, managementUrl } = rabbitmq;
  const settings = { CELERY_BROKER_URL: url, RABBITMQ_MANAGEMENT_URL: managementUrl };
  return { name: "RabbitMQ", url, settings, process: rabbitmq };
}
