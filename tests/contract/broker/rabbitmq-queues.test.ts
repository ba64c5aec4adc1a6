import { connect } from "amqplib";
import { beforeEach, expect, test } from "vitest";
import { getFreePort } from "@/tests/support/get-free-port";
import { waitFor } from "@/tests/support/wait-for";
import { createEchoTask } from "./create-echo-task";
import { createVirtualHost, type VirtualHost } from "./create-virtual-host";
import { waitForDepth } from "./wait-for-depth";

/** What an age from the management API may be off by: its numbers are up to 5 s old, and asked for every 4 s. */
const LAG_SECONDS = 12;
const NO_HINTS = { queueNames: [], sentAt: () => null };

let host: VirtualHost;

beforeEach(async () => {
  host = await createVirtualHost();
});

test("of every kind are seen and left as they are; internal ones are not shown, delayed ones summed", async () => {
  const kinds = {
    classic: {},
    quorum: { "x-queue-type": "quorum" },
    priority: { "x-max-priority": 10 },
    limited: { "x-message-ttl": 600_000, "x-dead-letter-exchange": "dlx", "x-max-length": 100 },
  };
  for (const [name, args] of Object.entries(kinds)) {
    await host.callApi("PUT", "queues", name, { durable: true, arguments: args });
  }
  for (const name of ["celery_delayed_3", "prod_celery_delayed_27", "celeryev.x", "x@h.celery.pidbox"]) {
    await host.callApi("PUT", "queues", name, { durable: true });
  }
  const broker = host.open();
  const names = [...Object.keys(kinds), "celery_delayed_3", "prod_celery_delayed_27"];
  const tasks = names.map((name) => createEchoTask(name, { priority: name === "priority" ? 7 : 0 }));
  expect(await broker.publishTasks([...tasks, createEchoTask("priority")], null)).toEqual([]);
  await waitForDepth(broker, "priority", 2);
  const sample = await waitFor(async () => {
    const look = await broker.sample(NO_HINTS);
    return look.delayed === 2 && look.queues.every(({ unacked }) => unacked !== null) && look;
  });
  expect(
    sample.queues.map(({ name, depth, unacked, consumers }) => [name, depth, unacked, consumers]),
  ).toEqual([
    ["classic", 1, 0, 0],
    ["limited", 1, 0, 0],
    ["priority", 2, 0, 0],
    ["quorum", 1, 0, 0],
  ]);
  expect(sample.queues.every(({ source }) => source === "management")).toBe(true);
  expect(sample.unackedTotal).toBe(0);
  const priority = sample.queues.find(({ name }) => name === "priority");
  expect(priority?.byPriority).toMatchObject({ 0: 1, 7: 1 });
  expect(priority?.oldestWaitingSeconds).toBeNull();
  for (const [name, args] of Object.entries(kinds)) {
    const queue = (await host.callApi("GET", "queues", name)) as { arguments: unknown };
    expect(queue.arguments).toEqual(args);
  }
});

test("the oldest message is dated, first by our own looks, then by how many came and left", async () => {
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  const broker = host.open();
  await waitForDepth(broker, "jobs", 0);
  const firstAt = Date.now();
  await broker.publishTasks([createEchoTask("jobs")], null);
  const fresh = await waitForDepth(broker, "jobs", 1);
  expect(fresh.oldestWaitingSeconds).toBeLessThanOrEqual((Date.now() - firstAt) / 1000 + 0.5);
  const aged = await waitFor(async () => {
    const look = await waitForDepth(broker, "jobs", 1);
    return look.publishPerSecond !== null && look;
  });
  expect(Math.abs((aged.oldestWaitingSeconds ?? 0) - (Date.now() - firstAt) / 1000)).toBeLessThan(
    LAG_SECONDS,
  );
  // A second one comes, the first one goes: that is known with the API's next numbers.
  await broker.publishTasks([createEchoTask("jobs")], null);
  const secondAt = Date.now();
  const model = await connect(host.url);
  await (await model.createChannel()).get("jobs", { noAck: true });
  await model.close();
  await waitFor(async () => {
    const { oldestWaitingSeconds } = await waitForDepth(broker, "jobs", 1);
    return (
      Math.abs((oldestWaitingSeconds ?? 0) - (Date.now() - secondAt) / 1000) < 6 &&
      Date.now() - firstAt > 9_000
    );
  });
});

test("without the management API passive declares tell what they can", async () => {
  await host.callApi("PUT", "queues", "jobs", { durable: true, arguments: { "x-queue-type": "quorum" } });
  await host.callApi("PUT", "queues", "empty", { durable: true });
  const broker = host.open({ managementUrl: `http://127.0.0.1:${await getFreePort()}` });
  await broker.publishTasks([createEchoTask("jobs"), createEchoTask("jobs")], null);
  const queueNames = ["empty", "gone", "jobs", "celeryev.x"];
  const sample = await broker.sample({ ...NO_HINTS, queueNames });
  const unknown = { unacked: null, byPriority: null, publishPerSecond: null, ackPerSecond: null };
  const common = { ...unknown, consumers: 0, oldestWaitingIsMinimum: false, source: "amqp" };
  expect(sample.queues).toEqual([
    { ...common, name: "empty", depth: 0, oldestWaitingSeconds: 0 },
    { ...common, name: "jobs", depth: 2, oldestWaitingSeconds: null },
  ]);
  expect(sample).toMatchObject({ unackedTotal: null, delayed: null });
  expect(await host.listQueueNames()).not.toContain("gone");
});
