import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { decodeVirtualEnvelope } from "@/lib/celery/virtual/decode-virtual-envelope";
import { createRandom } from "@/tests/support/create-random";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { StopWaiting, waitFor } from "@/tests/support/wait-for";
import { expectEquality, FaultLane, type LaneBatch, untilDone } from "./fault-lanes";

const random = createRandom(Number(process.env.CELERIAC_TEST_SEED ?? 5));

describe("how fast, when and where a batch sends over Redis", () => {
  const folder = makeTempFolder("pace");
  const end = new AbortController();
  let redis: RedisServer;
  let client: Redis;
  let lane: FaultLane;
  let run: Promise<void>;

  beforeAll(async () => {
    redis = await startRedisServer();
    client = new Redis(redis.url);
    lane = await FaultLane.open("SQLite and Redis", {
      storeUrl: `file:${folder}/store.db`,
      brokerUrl: redis.url,
    });
    run = lane.run(end.signal);
  });

  afterAll(async () => {
    end.abort();
    await run;
    await lane.close();
    client.disconnect();
    await redis.stop();
    removeFolder(folder);
  });

  test("a queue is kept short while workers drain it, and the batch says that it waits", async () => {
    const keepQueueBelow = 500;
    const smallChunk = 100;
    const batch = await lane.begin(5_000, null, { keepQueueBelow });
    // Nobody takes anything yet.
    await untilWaiting(batch, `room in the queue "${batch.queue}": 500 tasks or more wait there`);
    const waiting = await client.llen(batch.queue);
    expect(waiting).toBeGreaterThanOrEqual(keepQueueBelow);
    expect(waiting).toBeLessThan(keepQueueBelow + smallChunk);
    const { received, longest } = await drain(batch);
    expect(longest).toBeLessThan(keepQueueBelow + smallChunk);
    await untilDone([batch]);
    await expectEquality(batch, received, 0);
    expect(await lane.get(batch.id)).toMatchObject({ waitsFor: null, error: null });
  });

  test.each([
    [0, ""],
    [5, "\u0006\u00163"],
    [9, "\u0006\u00169"],
  ])("priority %i goes to the list that workers serve for it", async (priority, ending) => {
    const batch = await lane.begin(300, null, { priority });
    await untilDone([batch]);
    const lists = await client.keys(`${batch.queue}*`);
    expect(lists).toEqual([batch.queue + ending]);
    const texts = await client.lrange(batch.queue + ending, 0, -1);
    expect(texts).toHaveLength(300);
    const priorities = texts.map((text) => JSON.parse(text).properties.priority);
    expect(new Set(priorities)).toEqual(new Set([priority]));
  });

  test("a spread after a countdown gives each task its moment, in order", async () => {
    const total = 2_000;
    const before = Date.now();
    const batch = await lane.begin(total, null, { countdownSeconds: 60, spreadSeconds: 300 });
    await untilDone([batch]);
    const etas = await readEtas(batch);
    expect(etas).toHaveLength(total);
    const [first = 0] = etas;
    expect(first).toBeGreaterThanOrEqual(before + 60_000);
    expect(first).toBeLessThanOrEqual(Date.now() + 60_000);
    const stepMs = 300_000 / total;
    expect(etas.map((eta) => eta - first)).toEqual(etas.map((_, position) => position * stepMs));
  });

  test("no more is sent than the rate allows, at any time", async () => {
    const ratePerSecond = 800;
    const total = 2_000;
    const largestChunk = ratePerSecond / 4;
    const startedAt = performance.now();
    const batch = await lane.begin(total, ratePerSecond);
    const seen = new Set<number>();
    await waitFor(
      async () => {
        const { dispatched } = await lane.get(batch.id);
        const sent = Math.max(dispatched, await client.llen(batch.queue));
        const allowed = (ratePerSecond * (performance.now() - startedAt)) / 1_000 + largestChunk;
        if (sent > allowed) throw new StopWaiting(`${sent} were sent, and no more than ${allowed} may be`);
        seen.add(sent);
        return dispatched === total;
      },
      { what: "all tasks" },
    );
    // Looked at under way, not only before and after.
    expect(seen.size).toBeGreaterThan(3);
  });

  async function untilWaiting({ id }: LaneBatch, text: string): Promise<void> {
    await waitFor(async () => (await lane.get(id)).waitsFor === text, { what: text });
  }

  /** Takes all tasks as workers do, who are a little slower than the batch; tells how long the queue ever was. */
  async function drain({ queue, total }: LaneBatch): Promise<{ received: string[]; longest: number }> {
    const received: string[] = [];
    let longest = 0;
    while (received.length < total) {
      // At once: between two looks the queue only grows, so that its longest is seen.
      const answers = await client.multi().llen(queue).rpop(queue, 20).exec();
      // What LLEN and RPOP with a count answer; ioredis has no types for it.
      const [length = 0, texts] = (answers ?? []).map(([, answer]) => answer) as [number, string[] | null];
      longest = Math.max(longest, length);
      for (const text of texts ?? []) received.push(JSON.parse(text).headers.id);
      await delay(random() * 8);
    }
    return { received, longest };
  }

  /** In the order in which workers get the tasks. */
  async function readEtas({ queue }: LaneBatch): Promise<number[]> {
    const texts = await client.lrange(queue, 0, -1);
    return texts.reverse().map((text) => {
      const envelope = decodeVirtualEnvelope(text);
      const task = envelope && decodeTaskMessage(envelope.headers, envelope.properties, envelope.body);
      return Date.parse(task?.eta ?? "");
    });
  }
});
