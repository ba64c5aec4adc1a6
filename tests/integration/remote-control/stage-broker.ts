import { Redis } from "ioredis";
import { startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

/** A broker for a stage, and a way to put something into it that ends the worker which takes it for a queue. */
export interface StageBroker {
  readonly url: string;
  readonly managementUrl?: string;
  /** Makes what is no plain queue under that name. */
  spoilQueue(name: string): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startRedisBroker(): Promise<StageBroker> {
  const server = await startRedisServer();
  return {
    url: server.url,
    stop: () => server.stop(),
    async spoilQueue(name) {
      const redis = new Redis(server.url);
      await redis.set(name, "no list");
      await redis.quit();
    },
  };
}

export async function startRabbitmqBroker(): Promise<StageBroker> {
  const server = await startRabbitmqServer();
  return {
    url: server.url,
    managementUrl: server.managementUrl,
    stop: () => server.stop(),
    spoilQueue: (name) =>
      server.callApi("PUT", `queues/%2F/${encodeURIComponent(name)}`, {
        durable: true,
        arguments: { "x-max-priority": 10 },
      }),
  };
}
