import { randomUUID } from "node:crypto";
import { type Channel, type ChannelModel, connect, type Options } from "amqplib";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { getFreePort } from "@/tests/support/get-free-port";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { waitFor } from "@/tests/support/wait-for";

const NO_HINTS = { queueNames: [], sentAt: () => null };
const BODY = Buffer.from("[[], {}, {}]");

let server: RabbitmqAccess;
let virtualHost: string;
let url: string;
let broker: Broker;
let model: ChannelModel;

beforeAll(async () => {
  server = await shareRabbitmqServer();
});

beforeEach(async () => {
  virtualHost = `kinds ${randomUUID()}`;
  url = await server.createVirtualHost(virtualHost);
  broker = open();
  model = await connect(url);
  onTestFinished(() => model.close());
});

function open(settings: { url?: string; managementUrl?: string } = {}): Broker {
  const opened = openBroker({ url, managementUrl: server.managementUrl, ...settings });
  onTestFinished(() => opened.close());
  return opened;
}

/** Declares a queue as its owner would. */
function declare(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const path = ["queues", virtualHost, name].map(encodeURIComponent).join("/");
  return server.callApi("PUT", path, { durable: true, arguments: args });
}

/** Sends tasks `0`, `1`, … with these properties. */
async function send(name: string, properties: readonly Options.Publish[]): Promise<void> {
  const channel = await model.createConfirmChannel();
  for (const [index, own] of properties.entries()) {
    const headers = { task: "shop.pay", id: String(index), argsrepr: "()", kwargsrepr: "{}", retries: 0 };
    channel.sendToQueue(name, BODY, { headers, contentType: "application/json", persistent: true, ...own });
  }
  await channel.waitForConfirms();
  await channel.close();
}

async function listShown(name: string, limit: number): Promise<(string | null)[] | undefined> {
  return (await broker.peekQueue(name, limit)).messages?.map(({ id }) => id);
}

/** What a consumer gets, all of it. */
async function drain(name: string): Promise<{ id: string; deliveryCount: number }[]> {
  const channel: Channel = await model.createChannel();
  const all: { id: string; deliveryCount: number }[] = [];
  for (;;) {
    const message = await channel.get(name, { noAck: true });
    if (message === false) break;
    const { id, "x-delivery-count": deliveryCount = 0 } = message.properties.headers ?? {};
    all.push({ id, deliveryCount });
  }
  await channel.close();
  return all;
}

describe("looking at waiting messages", () => {
  test.each([
    ["lazy", { "x-queue-mode": "lazy" }],
    ["with a single active consumer", { "x-single-active-consumer": true }],
    ["with limits", { "x-max-length": 7, "x-message-ttl": 600_000, "x-overflow": "drop-head" }],
  ])("keeps the order of a classic queue %s", async (_kind, args) => {
    await declare("jobs", args);
    await send("jobs", Array(7).fill({}));
    for (const limit of [3, 1, 7]) {
      expect(await listShown("jobs", limit)).toEqual(["0", "1", "2", "3", "4", "5", "6"].slice(0, limit));
    }
    expect((await drain("jobs")).map(({ id }) => id)).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  });

  test("keeps the order of a queue with priorities, and shows the largest first, as it is served", async () => {
    await declare("jobs", { "x-max-priority": 10 });
    await send(
      "jobs",
      [0, 9, 5, 9, 0, 5].map((priority) => ({ priority })),
    );
    const order = ["1", "3", "2", "5", "0", "4"];
    for (const limit of [2, 4, 6]) expect(await listShown("jobs", limit)).toEqual(order.slice(0, limit));
    const { messages } = await broker.peekQueue("jobs", 6);
    expect(messages?.map(({ priority }) => priority)).toEqual([9, 9, 5, 5, 0, 0]);
    expect((await drain("jobs")).map(({ id }) => id)).toEqual(order);
  });

  test("leaves a quorum queue alone, whose messages would move and count a delivery", async () => {
    await declare("jobs", { "x-queue-type": "quorum", "x-delivery-limit": 1 });
    await send("jobs", Array(3).fill({}));
    for (let look = 0; look < 3; look += 1) {
      const { depth, messages, note } = await broker.peekQueue("jobs", 3);
      expect([depth, messages]).toEqual([3, null]);
      expect(note).toMatch(/^This is a quorum queue: RabbitMQ would count a look as a delivery/);
    }
    expect(await drain("jobs")).toEqual(["0", "1", "2"].map((id) => ({ id, deliveryCount: 0 })));
  });

  test("leaves a stream alone, over which RabbitMQ would end the connection", async () => {
    await declare("log", { "x-queue-type": "stream" });
    expect(await broker.peekQueue("log", 3)).toMatchObject({
      messages: null,
      note: "This is a stream queue, whose messages can't be taken out and put back.",
    });
    await expect(broker.purgeQueue("log", 0)).rejects.toMatchObject({ code: "unprocessable" });
    expect(broker.getStatus()).toMatchObject({ connected: true, error: null });
  });

  test("is refused where the management API can't tell the kind", async () => {
    await declare("jobs");
    await send("jobs", [{}]);
    const blind = open({ managementUrl: `http://127.0.0.1:${await getFreePort()}` });
    const { depth, messages, note } = await blind.peekQueue("jobs", 3);
    expect([depth, messages]).toEqual([1, null]);
    expect(note).toMatch(/^RabbitMQ's management API does not answer/);
    expect((await broker.peekQueue("jobs", 1)).messages).toMatchObject([{ isRedelivered: false }]);
    // A purge does not depend on the kind.
    expect(await blind.purgeQueue("jobs", 1)).toBe(1);
  });

  test("tells when a message was sent, where its sender said so", async () => {
    await declare("jobs");
    await send("jobs", [{ timestamp: 1_764_000_000 }, {}]);
    const { messages } = await broker.peekQueue("jobs", 2);
    expect(messages?.map(({ sentAt }) => sentAt)).toEqual([1_764_000_000_000, null]);
  });
});

describe("purging", () => {
  test("a quorum queue can be purged", async () => {
    await declare("jobs", { "x-queue-type": "quorum" });
    await send("jobs", Array(4).fill({}));
    await waitFor(async () => (await broker.peekQueue("jobs", 1)).depth === 4);
    await expect(broker.purgeQueue("jobs", 3)).rejects.toMatchObject({ code: "conflict" });
    expect(await broker.purgeQueue("jobs", 4)).toBe(4);
    expect(await drain("jobs")).toEqual([]);
  });

  test("a purge dead-letters nothing and leaves the queue as it was declared", async () => {
    const args = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead", "x-max-priority": 3 };
    await declare("dead");
    await declare("jobs", args);
    await send("jobs", [{ priority: 1 }, { priority: 3 }, {}]);
    expect(await broker.purgeQueue("jobs", 3)).toBe(3);
    expect((await broker.peekQueue("dead", 1)).depth).toBe(0);
    const path = ["queues", virtualHost, "jobs"].map(encodeURIComponent).join("/");
    expect(await server.callApi("GET", path)).toMatchObject({ arguments: args, durable: true });
  });

  test("what is not there, belongs to somebody else or may not be read is said", async () => {
    const missing = { code: "not_found", message: 'RabbitMQ has no queue "gone".' };
    await expect(broker.purgeQueue("gone", 1)).rejects.toMatchObject(missing);
    await expect(broker.peekQueue("gone", 1)).rejects.toMatchObject(missing);
    const channel = await model.createChannel();
    await channel.assertQueue("mine", { exclusive: true });
    const foreign = { code: "unprocessable", message: expect.stringContaining("exclusive") };
    await expect(broker.purgeQueue("mine", 1)).rejects.toMatchObject(foreign);

    await declare("jobs");
    await send("jobs", [{}]);
    // Users are all virtual hosts': other files have theirs.
    await server.callApi("PUT", "users/onlooker", { password: "pw", tags: "monitoring" });
    const nothing = { configure: "^celeriac\\..*", write: "", read: "^celeriac\\..*" };
    await server.callApi("PUT", `permissions/${encodeURIComponent(virtualHost)}/onlooker`, nothing);
    const onlooker = open({ url: url.replace("guest:guest", "onlooker:pw") });
    const forbidden = { code: "forbidden", message: expect.stringContaining("read permission") };
    await expect(onlooker.peekQueue("jobs", 1)).rejects.toMatchObject(forbidden);
    await expect(onlooker.purgeQueue("jobs", 1)).rejects.toMatchObject(forbidden);
    expect((await broker.peekQueue("jobs", 1)).depth).toBe(1);
  });
});

test("the oldest message is as old as its sender's timestamp says", async () => {
  await declare("jobs");
  const sentAt = Math.floor(Date.now() / 1000) - 3_600;
  await send("jobs", [{ timestamp: sentAt }, { timestamp: sentAt + 1_800 }]);
  const queue = await waitFor(async () => {
    const { queues } = await broker.sample(NO_HINTS);
    return queues.find(({ oldestWaitingSeconds }) => (oldestWaitingSeconds ?? 0) > 3_000);
  });
  expect(queue).toMatchObject({ name: "jobs", oldestWaitingIsMinimum: false, source: "management" });
  expect(Math.abs((queue.oldestWaitingSeconds ?? 0) - (Date.now() / 1000 - sentAt))).toBeLessThan(5);
});
