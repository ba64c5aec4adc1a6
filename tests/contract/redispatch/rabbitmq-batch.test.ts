import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { AppError } from "@/lib/errors";
import { listBatchItems } from "@/lib/store/batch-items";
import { listRedispatches } from "@/lib/store/redispatch-links";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { waitFor } from "@/tests/support/wait-for";
import { DispatchStage } from "./dispatch-stage";

let stage: DispatchStage;
let server: RabbitmqAccess;
let url: string;

const virtualHost = `batches ${randomUUID()}`;

beforeAll(async () => {
  [stage, server] = await Promise.all([DispatchStage.open("sqlite"), shareRabbitmqServer()]);
  url = await server.createVirtualHost(virtualHost);
});

afterAll(() => stage.close());

function createQueue(name: string): Promise<unknown> {
  return server.callApi("PUT", `queues/${encodeURIComponent(virtualHost)}/${name}`, { durable: true });
}

async function listQueues(): Promise<string[]> {
  const path = `queues/${encodeURIComponent(virtualHost)}?columns=name`;
  return ((await server.callApi("GET", path)) as { name: string }[]).map(({ name }) => name);
}

test("over RabbitMQ a batch sends what has a queue and names what has none", async () => {
  await createQueue("here");
  const ids = await stage.failTasks(1_200, { queue: "here" });
  const lost = await stage.failTasks(3, { queue: "gone" });
  const id = await stage.start((await stage.preview([...ids, ...lost])).snapshot, { ratePerSecond: 5_000 });
  const broker = openBroker({ url, managementUrl: server.managementUrl });
  const runner = stage.run(broker);
  const batch = await stage.until(id, ({ state }) => state === "done");
  await runner.stop();
  expect(batch).toMatchObject({ dispatched: 1_200, failed: 3, error: null });
  const sample = await broker.sample({ queueNames: ["here"], sentAt: () => null });
  expect(sample.queues.map(({ name }) => name)).toEqual(["here"]);
  await broker.close();
  const failed = await listBatchItems(
    stage.store,
    batch,
    { status: "failed" },
    { limit: 9, afterPosition: -1 },
  );
  expect(failed.map(({ reason }) => reason)).toEqual(
    Array(3).fill(
      'RabbitMQ has no queue "gone"; start a worker that consumes from it, or choose another queue',
    ),
  );
  // They can be sent again once there is a queue.
  expect([...(await listRedispatches(stage.store, lost)).keys()]).toEqual([]);
});

test("over RabbitMQ the mark tells what a dead collector sent", async () => {
  await createQueue("marked");
  const ids = await stage.failTasks(50, { queue: "marked" });
  const id = await stage.start((await stage.preview(ids)).snapshot, {});
  const dead = await sendAndDie("marked", 50);
  const broker = openBroker({ url, managementUrl: server.managementUrl });
  const heir = stage.run(broker, 1_000);
  // As long as its connection lives, it may still send.
  await stage.until(id, ({ error }) => error?.startsWith("Another connection") ?? false);
  await dead.close();
  expect(await stage.until(id, ({ state }) => state === "done")).toMatchObject({ dispatched: 50, failed: 0 });
  expect(await countMessages(broker, "marked")).toBe(50);
  await heir.stop();
  expect(await listQueues()).not.toContain(`celeriac.batch.${id}`);
  await broker.close();
});

test("over RabbitMQ a chunk that the store has forgotten is not sent again", async () => {
  await createQueue("forgotten");
  const ids = await stage.failTasks(600, { queue: "forgotten" });
  const id = await stage.start((await stage.preview(ids)).snapshot, { ratePerSecond: 1_000 });
  const broker = openBroker({ url, managementUrl: server.managementUrl });
  let chunks = 0;
  const publishTasks: Broker["publishTasks"] = async (tasks, mark) => {
    chunks += 1;
    if (chunks !== 2) return broker.publishTasks(tasks, mark);
    // As a database does that is killed and had not yet written its last transactions to disk.
    const { position } = await stage.get(id);
    await stage.store.client.batch.updateMany({
      where: { id },
      data: { position: 0, chunkEnd: position, dispatched: 0 },
    });
    throw new AppError("broker_unavailable", "nothing was sent");
  };
  const runner = stage.run({ ...broker, publishTasks });
  expect(await stage.until(id, ({ state }) => state === "done")).toMatchObject({
    dispatched: 600,
    failed: 0,
  });
  await runner.stop();
  expect(chunks).toBeGreaterThan(2);
  expect(await countMessages(broker, "forgotten")).toBe(600);
  await broker.close();
});

/** A collector that sends all of a batch, records nothing of it, and never wakes up again; its connection lives on. */
async function sendAndDie(queue: string, count: number): Promise<{ close(): Promise<void> }> {
  const broker = openBroker({ url, managementUrl: server.managementUrl });
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const publishTasks: Broker["publishTasks"] = async (tasks, mark) => {
    const failures = await broker.publishTasks(tasks, mark);
    await asleep;
    return failures;
  };
  const runner = stage.run({ ...broker, publishTasks }, 1_000);
  await waitFor(async () => (await countMessages(broker, queue)) === count);
  const stopped = runner.stop();
  return {
    async close() {
      await broker.close();
      wake();
      await stopped;
    },
  };
}

async function countMessages(broker: Broker, queue: string): Promise<number | undefined> {
  const { queues } = await broker.sample({ queueNames: [queue], sentAt: () => null });
  return queues.find(({ name }) => name === queue)?.depth;
}
