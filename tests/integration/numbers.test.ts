import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getNumbersHistory } from "@/lib/store/number-history";
import { openStore } from "@/lib/store/open-store";
import { countTasks } from "@/lib/store/tasks";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const CALLS = 2_000;
const MINUTE = 60_000;

let redis: RedisServer;
let client: Redis;
const folder = makeTempFolder("numbers");
beforeAll(async () => {
  redis = await startRedisServer();
  client = new Redis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
  removeFolder(folder);
});

test("collectors that follow each other count every event once", async () => {
  const settings = { CELERY_BROKER_URL: redis.url, DATABASE_URL: `file:${folder}/store.db` };
  const begunAt = Date.now();
  const store = await openStore(settings.DATABASE_URL);
  for (const run of [1, 2, 3]) {
    const celeriac = await startCeleriac({ part: "collector", settings });
    await celeriac.waitForOutput("is the active collector");
    await waitFor(async () => Number(await client.call("PUBSUB", "NUMPAT")) > 0);
    await publishCalls(run);
    const isWritten = async () =>
      (await countTasks(store, { states: ["SUCCESS"] }, 10_000)).count === run * CALLS;
    await waitFor(isWritten, { what: celeriac.output });
    celeriac.signal("SIGTERM");
    expect(await celeriac.exited).toBe(0);
  }
  const now = Date.now();
  const range = { from: begunAt, to: now + MINUTE, points: 300, now };
  const { total } = await getNumbersHistory(store, { ...range, of: "type", name: "pay" });
  expect(total).toMatchObject({ succeeded: 3 * CALLS, failed: 0, retried: 0, skewed: 0 });
  expect([total.workerWait?.count, total.runtime?.count]).toEqual([3 * CALLS, 3 * CALLS]);
  const worker = await getNumbersHistory(store, { ...range, of: "worker", name: "w@box" });
  expect(worker.total.succeeded).toBe(3 * CALLS);
  await store.close();
});

/** Publishes three events of each of many tasks. */
async function publishCalls(run: number): Promise<void> {
  const pipeline = client.pipeline();
  for (let index = 0; index < CALLS; index++) {
    const uuid = `${run}-${index}`;
    const call = { name: "pay", args: "()", kwargs: "{}", retries: 0 };
    pipeline.publish("/0.celeryev/task.received", makeMessage({ type: "task-received", uuid, ...call }));
    pipeline.publish("/0.celeryev/task.started", makeMessage({ type: "task-started", uuid }));
    pipeline.publish(
      "/0.celeryev/task.succeeded",
      makeMessage({ type: "task-succeeded", uuid, runtime: 0.1 }),
    );
  }
  await pipeline.exec();
}

function makeMessage(fields: object): string {
  const event = { hostname: "w@box", timestamp: Date.now() / 1000, pid: 1, clock: 1, ...fields };
  const body = Buffer.from(JSON.stringify(event)).toString("base64");
  return JSON.stringify({
    body,
    "content-type": "application/json",
    properties: { body_encoding: "base64" },
  });
}
