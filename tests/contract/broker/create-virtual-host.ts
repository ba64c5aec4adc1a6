import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";

/** A virtual host of a test's own on the RabbitMQ that all files share. */
export interface VirtualHost {
  readonly server: RabbitmqAccess;
  readonly name: string;
  readonly url: string;
  /** Opens it as Celeriac does, until the test ends. */
  open(settings?: { url?: string; managementUrl?: string }): Broker;
  /** Calls the management API for something of the virtual host. */
  callApi(method: "GET" | "PUT" | "DELETE", kind: string, name?: string, body?: unknown): Promise<unknown>;
  listQueueNames(): Promise<string[]>;
}

export async function createVirtualHost(): Promise<VirtualHost> {
  const server = await shareRabbitmqServer();
  const name = `test ${randomUUID()}`;
  const url = await server.createVirtualHost(name);
  const callApi: VirtualHost["callApi"] = (method, kind, item = "", body) =>
    server.callApi(method, [kind, name, item].filter(Boolean).map(encodeURIComponent).join("/"), body);
  return {
    server,
    name,
    url,
    open(settings = {}) {
      const broker = openBroker({ url, managementUrl: server.managementUrl, ...settings });
      onTestFinished(() => broker.close());
      return broker;
    },
    callApi,
    async listQueueNames() {
      const queues = (await callApi("GET", "queues")) as { name: string }[];
      return queues.map((queue) => queue.name);
    },
  };
}
