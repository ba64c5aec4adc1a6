import { afterAll, beforeAll, expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { listBatchItems } from "@/lib/store/batch-items";
import { listRedispatches } from "@/lib/store/redispatch-links";
import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { DispatchStage } from "./dispatch-stage";

let stage: DispatchStage;
let server: RabbitmqServer;

beforeAll(async () => {
  [stage, server] = await Promise.all([DispatchStage.open("sqlite"), startRabbitmqServer()]);
});

afterAll(async () => {
  await stage.close();
  await server.stop();
});

test("over RabbitMQ a batch sends what has a queue and names what has none", async () => {
  await server.callApi("PUT", "queues/%2F/here", { durable: true });
  const ids = await stage.failTasks(1_200, { queue: "here" });
  const lost = await stage.failTasks(3, { queue: "gone" });
  const id = await stage.start((await stage.preview([...ids, ...lost])).snapshot, { ratePerSecond: 5_000 });
  const broker = openBroker({ url: server.url, managementUrl: server.managementUrl });
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
