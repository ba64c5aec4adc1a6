import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { followOutcomes } from "@/lib/redispatch/run/follow-outcomes";
import { listBatchItems } from "@/lib/store/batch-items";
import { moveBatch } from "@/lib/store/batches";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "@/tests/contract/store/make-task";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { FaultLane, type LaneBatch, readQueue, untilAtRest, untilDone } from "./fault-lanes";

const TOTAL = 2_000;
const folder = makeTempFolder("rollback");
let redis: RedisServer;
let lane: FaultLane;

beforeAll(async () => {
  // Without an append-only file: what comes after SAVE is lost when it is killed.
  redis = await startRedisServer();
  lane = await FaultLane.open("SQLite and Redis", {
    storeUrl: `file:${folder}/store.db`,
    brokerUrl: redis.url,
  });
});
afterAll(async () => {
  await lane.close();
  await redis.stop();
  removeFolder(folder);
});

test("tasks that Redis has forgotten become doubtful, but for those that show up", async () => {
  const end = new AbortController();
  const broker = openBroker({ url: redis.url });
  const running = lane.run(end.signal);
  const { store } = lane;
  const following = followOutcomes({
    ...{ store, results: null, broker, redact: [], signal: end.signal },
    logger: createLogger("test"),
  });
  const batch = await lane.begin(TOTAL, 1_000);
  const saved = await saveInTheMiddle(batch);
  await untilDone([batch]);
  const last = `${batch.prefix}-new-${TOTAL - 1}`;
  await upsertTasks(store, [makeTask({ id: last, state: "STARTED" })]);

  await redis.kill();
  await redis.restart();
  await waitFor(async () => (await lane.get(batch.id)).doubtful > 0, { what: "doubtful tasks" });
  end.abort();
  await Promise.all([running, following]);
  await broker.close();

  expect(await readQueue(batch)).toHaveLength(saved);
  const lost = TOTAL - saved - 1;
  expect(await lane.get(batch.id)).toMatchObject({ state: "done", dispatched: saved + 1, doubtful: lost });
  const page = { limit: TOTAL, afterPosition: -1 };
  const doubtful = await listBatchItems(store, await lane.get(batch.id), { status: "doubtful" }, page);
  expect(doubtful.map(({ position }) => position)).toEqual(
    Array.from({ length: lost }, (_, index) => saved + index),
  );
  expect(doubtful[0]?.reason).toMatch(/Redis came back without what it had taken last/);
});

/** Has Redis write everything to disk while the batch is paused; returns how many tasks it had then. */
async function saveInTheMiddle(batch: LaneBatch): Promise<number> {
  await waitFor(async () => (await lane.get(batch.id)).position >= TOTAL / 4, {
    what: "a quarter of the batch",
  });
  await moveBatch(lane.store, batch.id, "pause");
  const { position } = await untilAtRest(batch);
  const client = new Redis(redis.url);
  await client.save();
  client.disconnect();
  await moveBatch(lane.store, batch.id, "resume");
  return position;
}
