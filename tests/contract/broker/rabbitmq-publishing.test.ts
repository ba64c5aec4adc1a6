import { connect } from "amqplib";
import { beforeEach, expect, test } from "vitest";
import { createEchoTask } from "./create-echo-task";
import { createVirtualHost, type VirtualHost } from "./create-virtual-host";
import { waitForDepth } from "./wait-for-depth";

let host: VirtualHost;

beforeEach(async () => {
  host = await createVirtualHost();
});

test("a task for a queue that is not there fails by itself, and the others arrive", async () => {
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  const broker = host.open();
  const tasks = ["jobs", "nowhere", "jobs", "nowhere", "jobs"].map((queue) => createEchoTask(queue));
  const failures = await broker.publishTasks(tasks, { batchId: "1", position: 5, previous: null });
  const reason =
    'RabbitMQ has no queue "nowhere"; start a worker that consumes from it, or choose another queue';
  expect(failures).toEqual([1, 3].map((index) => ({ index, reason, fate: "refused" })));
  await waitForDepth(broker, "jobs", 3);
  expect(await host.listQueueNames()).not.toContain("nowhere");
  expect(await broker.getDispatchProgress("1")).toBeNull();
  await expect(broker.publishTasks([createEchoTask("")], null)).rejects.toMatchObject({
    code: "unprocessable",
  });
});

test("a full queue that refuses says so for each task", async () => {
  const limits = { "x-max-length": 2, "x-overflow": "reject-publish" };
  await host.callApi("PUT", "queues", "small", { durable: true, arguments: limits });
  const broker = host.open();
  const first = await broker.publishTasks([createEchoTask("small"), createEchoTask("small")], null);
  expect(first).toEqual([]);
  const failures = await broker.publishTasks([createEchoTask("small"), createEchoTask("small")], null);
  expect(failures.map(({ index, fate }) => [index, fate])).toEqual([
    [0, "refused"],
    [1, "refused"],
  ]);
  expect(failures[0]?.reason).toMatch(/^the queue "small" refused it/);
});

test("what AMQP can't carry fails alone; a very long repr is left out", async () => {
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  const broker = host.open();
  const tasks = [
    createEchoTask("q".repeat(300)),
    createEchoTask("jobs", { argsRepr: `(${"'a', ".repeat(40_000)})` }),
  ];
  const failures = await broker.publishTasks(tasks, null);
  expect(failures).toMatchObject([{ index: 0, fate: "refused" }]);
  const model = await connect(host.url);
  const message = await (await model.createChannel()).get("jobs", { noAck: true });
  await model.close();
  if (message === false) throw new Error("no message arrived");
  expect(message.properties).toMatchObject({
    headers: { task: "test_project.tasks.echo", argsrepr: null, retries: 0, timelimit: [null, null] },
    ...{ contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 2 },
  });
});
