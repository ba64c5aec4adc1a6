import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listBatchItems } from "@/lib/store/batch-items";
import { type BatchMove, moveBatch } from "@/lib/store/batches";
import { createRandom } from "@/tests/support/create-random";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import {
  countQueue,
  expectEquality,
  FaultLane,
  type LaneBatch,
  readQueue,
  untilAtRest,
  untilDone,
} from "./fault-lanes";
import { strikeAtMoments } from "./fault-moments";

const TOTAL = 2_000;
/** Two seconds of sending, a chunk each quarter: so that three moments differ. */
const RATE = TOTAL / 2;
const PAUSES = 3;
const TWIN_TOTAL = 3_000;
/** Five seconds of sending: the second batch begins before the first one is done, however busy the machine is. */
const TWIN_RATE = TWIN_TOTAL / 5;
/** In the same order one batch could stay ahead of the other to the end; so each chunk has tasks of both. */
const STRIDE = 7_919;
/** What a person is promised: so soon a command has taken effect. */
const EFFECT_MS = 1_000;
const WATCH_MS = 1_000;
const seed = Number(process.env.CELERIAC_TEST_SEED ?? 6);

describe("commands to tasks that two collectors are sending", { timeout: 400_000 }, () => {
  const folder = makeTempFolder("commands");
  let redis: RedisServer;
  let lanes: readonly FaultLane[];

  beforeAll(async () => {
    const [postgres, rabbitmq, server] = await Promise.all([
      sharePostgresServer(),
      shareRabbitmqServer(),
      startRedisServer(),
    ]);
    redis = server;
    const [storeUrl, brokerUrl] = await Promise.all([
      postgres.createDatabase("commands"),
      rabbitmq.createVirtualHost(`commands ${randomUUID()}`),
    ]);
    const { managementUrl } = rabbitmq;
    lanes = await Promise.all([
      FaultLane.open("SQLite and Redis", { storeUrl: `file:${folder}/store.db`, brokerUrl: redis.url }),
      FaultLane.open("PostgreSQL and RabbitMQ", { storeUrl, brokerUrl, managementUrl }),
    ]);
  });

  afterAll(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
    await redis.stop();
    removeFolder(folder);
  });

  /** Does `work` on each lane at once, while two collectors run the lane's batches. */
  async function onEachLane(work: (lane: FaultLane, random: () => number) => Promise<void>): Promise<void> {
    await Promise.all(
      lanes.map(async (lane, index) => {
        const end = new AbortController();
        const runs = [lane.run(end.signal), lane.run(end.signal)];
        try {
          await work(lane, createRandom(seed + index));
        } finally {
          end.abort();
          await Promise.all(runs);
        }
      }),
    );
  }

  test("a pause stops the sending within a second, and after each resume it goes on with the next task", async () => {
    await onEachLane(async (lane, random) => {
      const batch = await lane.begin(TOTAL, RATE);
      const hits = await strikeAtMoments([batch], {
        ...{ count: PAUSES, random },
        fault: async () => {
          await stop(batch, "pause");
          await expectStandstill(batch);
          await move(batch, "resume");
        },
      });
      await untilDone([batch]);
      await expectEquality(batch, await readQueue(batch), 0);
      expect(hits).toBe(PAUSES);
    });
  });

  test("a cancelled batch has sent what it counts as sent, and skips the rest", async () => {
    await onEachLane(async (lane, random) => {
      const batch = await lane.begin(TOTAL, RATE);
      await strikeAtMoments([batch], { count: 1, random, fault: () => stop(batch, "cancel") });
      const { state, dispatched, skipped, failed } = await lane.get(batch.id);
      expect({ state, failed, sum: dispatched + skipped }).toEqual({
        ...{ state: "cancelled", failed: 0, sum: TOTAL },
      });
      expect(dispatched).toBeGreaterThan(0);
      expect(skipped).toBeGreaterThan(0);
      const received = await readQueue(batch);
      expect(new Set(received)).toEqual(new Set(nameTasks(batch, 0, dispatched)));
      expect(received).toHaveLength(dispatched);
      expect(await listNewIds(batch, "sent")).toEqual(nameTasks(batch, 0, dispatched));
      expect(await listNewIds(batch, "skipped")).toEqual(nameTasks(batch, dispatched, TOTAL));
      // Nothing keeps the others from being sent by another batch.
      expect(await lane.store.client.redispatch.count({ where: { batchId: batch.id } })).toBe(dispatched);
    });
  });

  test("of two operators who send the same tasks at once, each task is sent by one", async () => {
    await onEachLane(async (lane) => {
      const first = await lane.begin(TWIN_TOTAL, TWIN_RATE);
      await waitFor(async () => (await lane.get(first.id)).dispatched > 0);
      const batches = [first, await lane.beginTwin(first, { stride: STRIDE, ratePerSecond: TWIN_RATE })];
      await untilDone(batches);
      const records = await Promise.all(batches.map(({ id }) => lane.get(id)));
      expect(records.reduce((sum, { dispatched }) => sum + dispatched, 0)).toBe(TWIN_TOTAL);
      for (const { id, dispatched, skipped, failed } of records) {
        expect({ failed, sum: dispatched + skipped }).toEqual({ failed: 0, sum: TWIN_TOTAL });
        expect(dispatched).toBeGreaterThan(0);
        const reason = "already-redispatched";
        const where = { batchId: id, status: "skipped", reason };
        expect(await lane.store.client.batchItem.count({ where })).toBe(skipped);
      }
      const received = await readQueue(first);
      const originals = received.map((newId) => newId.slice(newId.lastIndexOf("-") + 1));
      expect(received).toHaveLength(TWIN_TOTAL);
      expect(new Set(originals).size).toBe(TWIN_TOTAL);
      const sent = await Promise.all(batches.map((batch) => listNewIds(batch, "sent")));
      expect(new Set(received)).toEqual(new Set(sent.flat()));
    });
  });
});

async function move({ lane, id }: LaneBatch, what: BatchMove): Promise<void> {
  expect(await moveBatch(lane.store, id, what)).toMatchObject({ moved: true });
}

/** Pauses or cancels as the API does, and waits until that has taken effect. */
async function stop(batch: LaneBatch, what: "pause" | "cancel"): Promise<void> {
  await move(batch, what);
  const effectMs = startStopwatch();
  await untilAtRest(batch);
  expect(effectMs()).toBeLessThan(EFFECT_MS);
}

/** Watches for a second that nothing is sent, and that nothing was sent beyond what is counted. */
async function expectStandstill(batch: LaneBatch): Promise<void> {
  const { lane, id } = batch;
  const { dispatched } = await lane.get(id);
  const until = performance.now() + WATCH_MS;
  do {
    const now = await lane.get(id);
    expect({ state: now.state, counted: now.dispatched, waiting: await countQueue(batch) }).toEqual({
      ...{ state: "paused", counted: dispatched, waiting: dispatched },
    });
    await delay(100);
  } while (performance.now() < until);
}

function nameTasks({ prefix }: LaneBatch, from: number, end: number): string[] {
  return Array.from({ length: end - from }, (_, index) => `${prefix}-new-${from + index}`);
}

/** New ids of the items that read so, in the batch's order. */
async function listNewIds({ lane, id }: LaneBatch, status: "sent" | "skipped"): Promise<string[]> {
  const items = await listBatchItems(
    lane.store,
    await lane.get(id),
    { status },
    { limit: TWIN_TOTAL, afterPosition: -1 },
  );
  return items.map(({ newId }) => newId);
}
