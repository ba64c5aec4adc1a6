import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
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
    { id, isCancelled: false },
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

test("over RabbitMQ a chunk that a dead collector began is named, not sent again", async () => {
  await createQueue("doubt");
  const ids = await stage.failTasks(20, { queue: "doubt" });
  const id = await stage.start((await stage.preview(ids)).snapshot, {});
  const broker = openBroker({ url, managementUrl: server.managementUrl });
  let die = () => {};
  const dying = stage.run({
    kind: broker.kind,
    getDispatchPosition: (batchId) => broker.getDispatchPosition(batchId),
    // The messages go out, and nothing is recorded until another has taken over.
    publishTasks: async (tasks, mark) => {
      const failures = await broker.publishTasks(tasks, mark);
      await new Promise<void>((resolve) => {
        die = resolve;
      });
      return failures;
    },
  });
  await waitFor(async () => (await countMessages(broker, "doubt")) === 20);
  const heir = stage.run(broker);
  const batch = await stage.until(id, ({ state }) => state === "done");
  die();
  await Promise.all([dying.stop(), heir.stop()]);
  expect(batch).toMatchObject({ dispatched: 0, failed: 20 });
  expect(await countMessages(broker, "doubt")).toBe(20);
  await broker.close();
  // Claimed, so that no other batch sends them by accident.
  expect((await listRedispatches(stage.store, ids)).size).toBe(20);
});

async function countMessages(broker: Broker, queue: string): Promise<number | undefined> {
  const { queues } = await broker.sample({ queueNames: [queue], sentAt: () => null });
  return queues.find(({ name }) => name === queue)?.depth;
}
