import { randomUUID } from "node:crypto";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

/** A real broker, or a part of one that nobody else uses. */
export interface RunningBroker {
  readonly url: string;
  /** Options for Celery and for us alike. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly managementUrl?: string;
  /** Makes a queue as a worker's declaration would; where it takes none, nothing. */
  createQueue(name: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A real broker that is nobody else's. */
export interface OwnBroker extends RunningBroker {
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Brings it back at the same address. */
  restart(): Promise<void>;
}

/** A kind of broker that the suite runs on; an adapter is added by one more of these. */
export interface BrokerFixture {
  readonly name: string;
  readonly kind: "redis" | "amqp";
  start(): Promise<RunningBroker>;
}

/** Redis as Celery uses it when nothing is configured. */
export const REDIS = {
  name: "Redis",
  kind: "redis",
  start: async (): Promise<OwnBroker> => ({ ...(await startRedisServer()), options: {}, createQueue }),
} as const satisfies BrokerFixture;

/** Redis with all that may be configured. */
export const CONFIGURED_REDIS = {
  name: "Redis with a password, a database number, a key prefix and its own separator and steps",
  kind: "redis",
  start: async (): Promise<OwnBroker> => {
    const server = await startRedisServer({ password: "p@ss/word" });
    const options = {
      global_keyprefix: "shop:",
      sep: "~",
      priority_steps: [0, 2, 4, 6, 8],
      fanout_prefix: "/x{db}.",
    };
    return { ...server, url: server.url.replace(/\/0$/, "/3"), options, createQueue };
  },
} as const satisfies BrokerFixture;

/** A virtual host of the RabbitMQ that all files share. */
export const RABBITMQ = {
  name: "RabbitMQ",
  kind: "amqp",
  start: async () => openVirtualHost(await shareRabbitmqServer()),
} as const satisfies BrokerFixture;

/** A new virtual host as a broker. */
export async function openVirtualHost(server: RabbitmqAccess): Promise<RunningBroker> {
  const name = `shop/${randomUUID()}`;
  const queues = `queues/${encodeURIComponent(name)}`;
  return {
    url: await server.createVirtualHost(name),
    managementUrl: server.managementUrl,
    options: {},
    createQueue: (queue) =>
      server.callApi("PUT", `${queues}/${encodeURIComponent(queue)}`, { durable: true }),
    stop: async () => undefined,
  };
}

/** Redis makes a list with its first element. */
async function createQueue(): Promise<void> {}
