import { startRedisServer } from "@/tests/support/start-redis-server";

/** A real broker, private to one test file. */
export interface RunningBroker {
  readonly url: string;
  /** Options for Celery and for us alike. */
  readonly options: Readonly<Record<string, unknown>>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Brings it back at the same address, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A kind of broker that the suite runs on; an adapter is added by one more of these. */
export interface BrokerFixture {
  readonly name: string;
  readonly kind: "redis" | "amqp";
  start(): Promise<RunningBroker>;
}

export const BROKER_FIXTURES: readonly BrokerFixture[] = [
  {
    name: "Redis",
    kind: "redis",
    start: async () => ({ ...(await startRedisServer()), options: {} }),
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
      return { ...server, url: server.url.replace(/\/0$/, "/3"), options };
    },
  },
];
