import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

/** A real broker, or a part of one that nobody else uses. */
export interface RunningBroker {
  readonly url: string;
  /** Options for Celery and for us alike. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly managementUrl?: string;
  /** Makes a queue as a worker's declaration would; where it takes none, nothing. */
  createQueue(name: string): Promise<unknown>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Brings it back at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A kind of broker that the suite runs on; an adapter is added by one more of these. */
export interface BrokerFixture {
  readonly name: string;
  readonly kind: "redis" | "amqp";
  start(): Promise<RunningBroker>;
  /** Ends what all that were started have in common. */
  end?(): Promise<void>;
}

export const BROKER_FIXTURES: readonly BrokerFixture[] = [
  {
    name: "Redis",
    kind: "redis",
    start: async () => ({ ...(await startRedisServer()), options: {}, createQueue }),
  },
  {
    name: "Redis with a password, a database number, a key prefix and its own separator and steps",
    kind: "redis",
    start: async () => {
      const server = await startRedisServer({ password: "p@ss/word" });
      const options = {
        global_keyprefix: "shop:",
        sep: "~",
        priority_steps: [0, 2, 4, 6, 8],
        fanout_prefix: "/x{db}.",
      };
      return { ...server, url: server.url.replace(/\/0$/, "/3"), options, createQueue };
    },
  },
  createRabbitmqFixture(),
];

/** Redis makes a list with its first element. */
async function createQueue(): Promise<void> {}

/** One server for the whole file, since it takes several seconds to start, and a virtual host for each who asks. */
function createRabbitmqFixture(): BrokerFixture {
  let starting: Promise<RabbitmqServer> | null = null;
  let count = 0;
  return {
    name: "RabbitMQ",
    kind: "amqp",
    async start() {
      starting ??= startRabbitmqServer();
      const server = await starting;
      count += 1;
      const name = `shop/${count}`;
      const queues = `queues/${encodeURIComponent(name)}`;
      return {
        url: await server.createVirtualHost(name),
        managementUrl: server.managementUrl,
        options: {},
        createQueue: (queue) =>
          server.callApi("PUT", `${queues}/${encodeURIComponent(queue)}`, { durable: true }),
        kill: server.kill,
        restart: server.restart,
        stop: async () => undefined,
      };
    },
    async end() {
      await (await starting)?.stop();
    },
  };
}
