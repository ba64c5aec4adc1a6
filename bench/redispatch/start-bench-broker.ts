import { startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

/** A broker of our own with a queue `celery`. */
export interface BenchBroker {
  readonly url: string;
  readonly managementUrl?: string;
  /** Whether publishers are to wait for confirms. */
  readonly confirms: boolean;
  stop(): Promise<void>;
}

/** Starts each kind of broker, by its name. */
export const BROKERS: Readonly<Record<string, () => Promise<BenchBroker>>> = {
  async Redis() {
    const server = await startRedisServer();
    return { url: server.url, confirms: false, stop: () => server.stop() };
  },
  async RabbitMQ() {
    const server = await startRabbitmqServer();
    await server.callApi("PUT", "queues/%2F/celery", { durable: true });
    return {
      url: server.url,
      managementUrl: server.managementUrl,
      confirms: true,
      stop: () => server.stop(),
    };
  },
};
