import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
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
  const server = await shareRabbitmqServer();
  const virtualHost = `stage ${randomUUID()}`;
  return {
    url: await server.createVirtualHost(virtualHost),
    managementUrl: server.managementUrl,
    stop: async () => undefined,
    spoilQueue: (name) =>
      server.callApi("PUT", ["queues", virtualHost, name].map(encodeURIComponent).join("/"), {
        durable: true,
        arguments: { "x-max-priority": 10 },
      }),
  };
}
