import { randomUUID } from "node:crypto";
import { createServer, connect as openSocket, type Server, type Socket } from "node:net";
import { connect } from "amqplib";
import { beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { getFreePort } from "@/tests/support/get-free-port";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { waitFor } from "@/tests/support/wait-for";

const NO_HINTS = { queueNames: [], sentAt: () => null };

let server: RabbitmqAccess;
let virtualHost: string;
let url: string;

beforeAll(async () => {
  server = await shareRabbitmqServer();
});

beforeEach(async () => {
  virtualHost = `promises ${randomUUID()}`;
  url = await server.createVirtualHost(virtualHost);
});

function open(at: string): Broker {
  const broker = openBroker({ url: at, managementUrl: server.managementUrl });
  onTestFinished(() => broker.close());
  return broker;
}

async function list<T>(kind: string): Promise<T[]> {
  return (await server.callApi("GET", `${kind}/${encodeURIComponent(virtualHost)}`)) as T[];
}

interface DeclaredQueue {
  name: string;
  durable: boolean;
  exclusive: boolean;
  arguments: Record<string, unknown>;
}

test("no queue of ours is transient and shared, which a RabbitMQ may deny; the kept one outlives a restart", async () => {
  const broker = open(url);
  const end = new AbortController().signal;
  await broker.subscribeEvents(() => undefined, end, { keepAs: "shop" });
  await broker.subscribeEvents(() => undefined, end);
  await broker.control(createControlRequest({ method: "ping" }), { timeoutMs: 100 });
  const queues = await waitFor(async () => {
    const all = await list<DeclaredQueue>("queues");
    return all.length === 4 && all.every(({ arguments: args }) => args !== undefined) && all;
  });
  expect(queues.every(({ name }) => name.startsWith("celeriac."))).toBe(true);
  // What `deprecated_features.permit.transient_nonexcl_queues = false` denies (RabbitMQ from 3.12 on; Debian has 3.10).
  expect(queues.filter(({ durable, exclusive }) => !durable && !exclusive)).toEqual([]);
  expect(queues.filter(({ arguments: args }) => "x-message-ttl" in args)).toEqual([]);
  const kept = queues.find(({ name }) => name === "celeriac.events.shop.1");
  expect(kept).toMatchObject({
    ...{ durable: true, exclusive: false },
    arguments: {
      ...{ "x-expires": 3_600_000, "x-max-length": 500_000, "x-max-length-bytes": 268_435_456 },
      ...{ "x-overflow": "drop-head", "x-dead-letter-routing-key": "celeriac.events.shop.1.overflow" },
    },
  });
  const bindings = await list<{ source: string; destination: string; routing_key: string }>("bindings");
  expect(bindings.filter(({ source }) => source !== "")).toEqual([
    expect.objectContaining({
      ...{ source: "celeryev", routing_key: "#" },
      destination: expect.stringMatching(/^celeriac\.events\./),
    }),
    expect.objectContaining({
      ...{ source: "celeryev", routing_key: "#" },
      destination: "celeriac.events.shop.1",
    }),
  ]);
});

test("the heartbeat of the URL is agreed upon with the server, else our own", async () => {
  const [chosen, own] = [open(`${url}?heartbeat=7`), open(url)];
  await Promise.all([chosen.sample(NO_HINTS), own.sample(NO_HINTS)]);
  await waitFor(async () => {
    const connections = (await server.callApi("GET", "connections")) as { vhost: string; timeout?: number }[];
    const ours = connections.filter(({ vhost }) => vhost === virtualHost);
    return (
      ours
        .map(({ timeout }) => timeout)
        .sort()
        .join() === "10,7"
    );
  });
});

test("when its server goes away it moves on to the next of the list, and so do its events", async () => {
  const front = await startFront(server.port);
  const path = encodeURIComponent(virtualHost);
  const broker = open(`amqp://127.0.0.1:${front.port}/${path};127.0.0.1:${server.port}`);
  const seen: string[] = [];
  await broker.subscribeEvents((body) => seen.push(String(body)), new AbortController().signal, {
    keepAs: "shop",
  });
  await broker.sample(NO_HINTS);
  expect(front.connections()).toBe(2);
  front.stop();
  await waitFor(() => broker.getStatus().error);
  await waitFor(() => broker.getStatus().connected, { timeoutMs: 5_000 });
  await broker.sample(NO_HINTS);
  const model = await connect(url);
  const channel = await model.createConfirmChannel();
  channel.publish("celeryev", "task.custom", Buffer.from("after"));
  await channel.waitForConfirms();
  await model.close();
  await waitFor(() => seen.length === 1);
  expect(seen).toEqual(["after"]);
});

/** A second address of the server, which can go away without it. */
async function startFront(target: number) {
  const sockets = new Set<Socket>();
  const front: Server = createServer((client) => {
    const inner = openSocket(target, "127.0.0.1");
    for (const socket of [client, inner]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    client.pipe(inner).pipe(client);
  });
  const port = await getFreePort();
  await new Promise<void>((resolve) => front.listen(port, "127.0.0.1", resolve));
  const stop = () => {
    front.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(stop);
  return { port, connections: () => sockets.size / 2, stop };
}
