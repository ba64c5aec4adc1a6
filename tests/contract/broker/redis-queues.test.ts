import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Broker, OutgoingTask, QueueSample, SampleHints } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const NO_HINTS: SampleHints = { queueNames: [], sentAt: () => null };
const SEPARATOR = "\x06\x16";

let server: RedisServer;
let redis: Redis;
let broker: Broker;

beforeEach(async () => {
  server = await startRedisServer();
  redis = new Redis(server.port);
  broker = openBroker({ url: server.url });
});

afterEach(async () => {
  await broker.close();
  redis.disconnect();
  await server.stop();
});

/** An element of a queue's list, as kombu writes it; `size` pads it. */
function envelope(id: string, { redelivered = false, size = 0 } = {}): string {
  const info = { exchange: "", routing_key: "jobs", ...(redelivered ? { redelivered } : {}) };
  return JSON.stringify({
    body: Buffer.from(`[[], {}, {}]${" ".repeat(size)}`).toString("base64"),
    "content-type": "application/json",
    headers: { id: `task-${id}`, task: "t", retries: 0, ...(redelivered ? { redelivered } : {}) },
    properties: { delivery_tag: `tag-${id}`, delivery_info: info, body_encoding: "base64" },
  }).replaceAll(":true", ": true");
}

/** Not within a millisecond of the look before: there are no rates of no time. */
async function look(hints: Partial<SampleHints> = {}): Promise<QueueSample> {
  await delay(2);
  const { queues } = await broker.sample({ ...NO_HINTS, queueNames: ["jobs"], ...hints });
  const jobs = queues.find(({ name }) => name === "jobs");
  if (jobs === undefined) throw new Error("no queue");
  return jobs;
}

function secondsSince(at: number): number {
  return (Date.now() - at) / 1000;
}

async function waitUntilWaiting(seconds: number): Promise<void> {
  await waitFor(async () => ((await look()).oldestWaitingSeconds ?? 0) > seconds);
}

test("an empty queue has no wait", async () => {
  expect(await look()).toEqual({
    name: "jobs",
    source: "redis",
    depth: 0,
    unacked: 0,
    consumers: null,
    byPriority: { 0: 0, 3: 0, 6: 0, 9: 0 },
    oldestWaitingSeconds: 0,
    oldestWaitingIsMinimum: false,
    publishPerSecond: null,
    ackPerSecond: null,
  });
});

test("a message is dated between the looks that it came between, and ages", async () => {
  const firstAt = Date.now();
  await look();
  await redis.lpush("jobs", envelope("1"));
  const first = await look();
  expect(first).toMatchObject({ depth: 1, oldestWaitingIsMinimum: false });
  expect(first.oldestWaitingSeconds).toBeLessThanOrEqual(secondsSince(firstAt));
  await waitUntilWaiting(1.1);
  const secondAt = Date.now();
  await look();
  await redis.lpush("jobs", envelope("2"), envelope("3"));
  const second = await look();
  expect(second).toMatchObject({ depth: 3, oldestWaitingIsMinimum: false });
  expect(second.oldestWaitingSeconds).toBeLessThanOrEqual(secondsSince(firstAt));
  expect(second.publishPerSecond).toBeGreaterThan(0);
  expect(second.ackPerSecond).toBe(0);
  // The first leaves: the next came just now.
  await redis.rpop("jobs");
  const third = await look();
  expect(third).toMatchObject({ depth: 2, oldestWaitingIsMinimum: false, publishPerSecond: 0 });
  expect(third.oldestWaitingSeconds).toBeLessThanOrEqual(secondsSince(secondAt));
  expect(third.ackPerSecond).toBeGreaterThan(0);
});

test("what was there before the first look is dated by its event, else as a minimum", async () => {
  await redis.lpush("jobs", envelope("old"));
  expect(await look()).toMatchObject({ oldestWaitingIsMinimum: true });
  const sentAt = (id: string) => (id === "task-old" ? Date.now() - 90_000 : null);
  const dated = await look({ sentAt });
  expect(dated.oldestWaitingIsMinimum).toBe(false);
  expect(dated.oldestWaitingSeconds).toBeCloseTo(90, 0);
});

test("a message that was put back does not pass for a new one", async () => {
  await look();
  await redis.lpush("jobs", envelope("1"));
  await look();
  await redis.rpop("jobs");
  await look();
  await redis.lpush("jobs", envelope("2"));
  await redis.rpush("jobs", envelope("1", { redelivered: true }));
  expect(await look()).toMatchObject({ depth: 2, oldestWaitingIsMinimum: true });
  await redis.rpop("jobs");
  expect(await look()).toMatchObject({ depth: 1, oldestWaitingIsMinimum: false });
});

test("the longest wait of all priorities counts", async () => {
  await look();
  await redis.lpush(`jobs${SEPARATOR}9`, envelope("1"));
  await look();
  await waitUntilWaiting(1.1);
  await redis.lpush("jobs", envelope("2"));
  const sample = await look();
  expect(sample).toMatchObject({
    depth: 2,
    byPriority: { 0: 1, 3: 0, 6: 0, 9: 1 },
    oldestWaitingIsMinimum: false,
  });
  expect(sample.oldestWaitingSeconds).toBeGreaterThan(1);
});

test("very long messages are not read at every look, and are then of unknown age", async () => {
  await look();
  await redis.lpush("jobs", envelope("1", { size: 4_000_000 }));
  expect((await look()).oldestWaitingSeconds).not.toBeNull();
  expect(await look()).toMatchObject({ depth: 1, oldestWaitingSeconds: null, publishPerSecond: null });
});

test("queues are found by bindings of exchanges that nobody named", async () => {
  await redis.sadd("_kombu.binding.shop.topic", `order.*${SEPARATOR}^order\\..*?$${SEPARATOR}orders`);
  await redis.sadd("_kombu.binding.shop.topic", `mail.#${SEPARATOR}^mail.*?$${SEPARATOR}mail`);
  await redis.sadd("_kombu.binding.celery.pidbox", `${SEPARATOR}${SEPARATOR}w@h.celery.pidbox`);
  await redis.sadd("_kombu.binding.celeryev", `worker.#${SEPARATOR}${SEPARATOR}celeryev.1`);
  await redis.sadd("_kombu.binding.reply.celery.pidbox", `x${SEPARATOR}${SEPARATOR}x.reply.celery.pidbox`);
  await redis.set("_kombu.binding.not-a-set", "1");
  await redis.mset(
    Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`celery-task-meta-${index}`, "x"])),
  );
  const { queues } = await broker.sample(NO_HINTS);
  expect(queues.map(({ name }) => name)).toEqual(["mail", "orders"]);
});

test("a hint that names a key of another kind is an empty queue, and takes no tasks", async () => {
  await redis.set("jobs", "x");
  expect(await look()).toMatchObject({ depth: 0 });
});

test("messages in flight are told by queue, by their bindings too", async () => {
  await redis.sadd("_kombu.binding.shop", `order.new${SEPARATOR}${SEPARATOR}orders`);
  const deliver = async (tag: string, at: number, exchange: string, key: string) => {
    await redis.zadd("unacked_index", at, tag);
    await redis.hset(
      "unacked",
      tag,
      `[${envelope(tag)}, ${JSON.stringify(exchange)}, ${JSON.stringify(key)}]`,
    );
  };
  await deliver("a", 1_700_000_000.25, "", "jobs");
  await deliver("b", 1_700_000_001, "shop", "order.new");
  await deliver("c", 1_700_000_002, "", "jobs");
  const sample = await broker.sample({ ...NO_HINTS, queueNames: ["jobs"] });
  expect(sample).toMatchObject({ unackedTotal: 3, oldestUnackedAt: 1_700_000_000_250 });
  expect(sample.queues.map(({ name, unacked }) => [name, unacked])).toEqual([
    ["jobs", 2],
    ["orders", 1],
  ]);
  await deliver("d", 1_700_000_003, "gone", "x");
  expect(await look()).toMatchObject({ unacked: null });
  await redis.hdel("unacked", "d");
  await redis.zrem("unacked_index", "d");
  for (let index = 0; index < 1_001; index += 1) await redis.hset("unacked", `x${index}`, "[]");
  const many = await broker.sample({ ...NO_HINTS, queueNames: ["jobs"] });
  expect(many.unackedTotal).toBe(1_004);
  expect(many.queues.map(({ unacked }) => unacked)).toEqual([null, null]);
});

test("a look costs no more with many keys and messages", async () => {
  for (let start = 0; start < 100_000; start += 5_000) {
    const ids = Array.from({ length: 5_000 }, (_, index) => String(start + index));
    await redis.lpush("jobs", ...ids.map((id) => envelope(id)));
    await redis.mset(Object.fromEntries(ids.map((id) => [`celery-task-meta-${id}`, "x"])));
  }
  // Until all keys were gone through once, a look takes ten steps of SCAN.
  await look();
  await redis.call("CONFIG", "RESETSTAT");
  for (let index = 0; index < 5; index += 1) await look();
  const counted = String(await redis.info("commandstats")).matchAll(/cmdstat_([^:]+):calls=(\d+)/g);
  const calls = Object.fromEntries([...counted].map(([, name, count]) => [name, Number(count)]));
  expect(calls).not.toHaveProperty("keys");
  expect(calls).not.toHaveProperty("lrange");
  expect(calls.scan).toBeLessThanOrEqual(50);
  expect(calls).toMatchObject({ llen: 25, lindex: 10, lpos: 5, hlen: 5, zrange: 5 });
});

function createTask(queue: string): OutgoingTask {
  const message = createTaskMessage({
    ...{ id: randomUUID(), task: "t", args: [], kwargs: new Map() },
    ...{ origin: "celeriac@test", argsRepr: null, kwargsRepr: null },
  });
  return { queue, message };
}

test("of many senders of one step of a batch exactly one sends", async () => {
  const senders = Array.from({ length: 8 }, () => openBroker({ url: server.url }));
  for (const position of [1, 2, 3]) {
    const mark = { batchId: "9", position, previous: position === 1 ? null : position - 1 };
    const sent = await Promise.allSettled(
      senders.map((sender) => sender.publishTasks([createTask("jobs")], mark)),
    );
    const failures = sent.filter((outcome) => outcome.status === "rejected");
    expect(failures.map(({ reason }) => reason.code)).toEqual(Array(7).fill("conflict"));
    expect(await redis.llen("jobs")).toBe(position);
  }
  await Promise.all(senders.map((sender) => sender.close()));
});

test("a queue whose name belongs to another kind of key is refused before anything is sent", async () => {
  await redis.set("taken", "x");
  const mark = { batchId: "9", position: 1, previous: null };
  const refused = broker.publishTasks([createTask("jobs"), createTask("taken")], mark);
  await expect(refused).rejects.toMatchObject({ code: "unprocessable" });
  expect(await redis.exists("jobs", "celeriac.batch.9")).toBe(0);
});
