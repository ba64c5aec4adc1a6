import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Broker, OutgoingTask } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { NumberText } from "@/lib/celery/wire-value";
import { CONFIGURED_REDIS, RABBITMQ, REDIS, type RunningBroker } from "./broker-fixture";
import { openRawQueue } from "./raw-queue";

const ETA = new Date("2026-11-27T06:00:00.000Z");
const SOUND_BODY = "[[], {}, {}]";

function createTask(queue: string, { priority = 0, padding = 0 } = {}): OutgoingTask & { id: string } {
  const id = randomUUID();
  const message = createTaskMessage({
    ...{ id, task: "shop.pay", args: [new NumberText("1"), "x".repeat(padding)], eta: ETA, priority },
    ...{ kwargs: new Map([["who", "Zoë"]]), argsRepr: null, kwargsRepr: "{'who': 'Zoë'}" },
    origin: "celeriac@test",
  });
  return { id, queue, message };
}

describe.each([REDIS, CONFIGURED_REDIS, RABBITMQ])("$name", (fixture) => {
  let server: RunningBroker;
  let broker: Broker;

  beforeAll(async () => {
    server = await fixture.start();
    broker = openBroker(server);
  });

  afterAll(async () => {
    await broker.close();
    await server.stop();
  });

  /** A new queue with these tasks in it. */
  async function fill(name: string, choices: readonly Parameters<typeof createTask>[1][]) {
    await server.createQueue(name);
    const tasks = choices.map((choice) => createTask(name, choice));
    expect(await broker.publishTasks(tasks, null)).toEqual([]);
    return { ids: tasks.map(({ id }) => id), raw: openRawQueue(server, fixture.kind, name) };
  }

  test("the next messages are shown in the order of their delivery, and stay", async () => {
    const { ids, raw } = await fill("jobs", Array(7).fill({}));
    for (let look = 0; look < 3; look += 1) {
      const { depth, messages } = await broker.peekQueue("jobs", 5);
      expect(depth).toBe(7);
      expect(messages?.map(({ id }) => id)).toEqual(ids.slice(0, 5));
    }
    expect((await broker.peekQueue("jobs", 50)).messages).toHaveLength(7);
    expect((await raw.drain()).map(({ id }) => id)).toEqual(ids);
    expect(await broker.peekQueue("jobs", 5)).toEqual({ depth: 0, messages: [], note: null });
  });

  test("a message tells its task, arguments, time and tries", async () => {
    const { ids } = await fill("told", [{}]);
    const { messages, note } = await broker.peekQueue("told", 1);
    expect(messages).toEqual([
      {
        ...{
          id: ids[0],
          task: "shop.pay",
          args: '[1, ""]',
          kwargs: "{'who': 'Zoë'}",
          priority: 0,
          retries: 0,
        },
        ...{ eta: "2026-11-27T06:00:00+00:00", sentAt: null, problem: null, isDeadly: false },
        isRedelivered: false,
      },
    ]);
    const again = await broker.peekQueue("told", 1);
    // RabbitMQ leaves a mark, and that is said.
    expect(again.messages?.[0]?.isRedelivered).toBe(fixture.kind === "amqp");
    expect(note).toBe(fixture.kind === "amqp" ? "RabbitMQ has marked them as redelivered." : null);
  });

  test("what kills a worker is shown with the reason, between sound messages", async () => {
    await server.createQueue("poison");
    const raw = openRawQueue(server, fixture.kind, "poison");
    await raw.push({ headers: { task: "t", id: "1" }, body: SOUND_BODY });
    await raw.push({ headers: { task: "t", id: "2" }, body: "[[], {}]" });
    await raw.push({ headers: { task: "t" }, body: SOUND_BODY });
    await raw.push({ headers: { task: "t", id: "4", timelimit: [1] }, body: SOUND_BODY });
    await raw.push({ headers: {}, body: "no JSON" });
    const { messages } = await broker.peekQueue("poison", 10);
    expect(messages?.map(({ id, isDeadly, problem }) => [id, isDeadly, problem])).toEqual([
      ["1", false, null],
      ["2", true, "body: must be [args, kwargs, embed]"],
      [null, true, "id: must be a non-empty text"],
      ["4", true, "timelimit: must have two items"],
      [null, false, expect.stringContaining("body: not a JSON value")],
    ]);
  });

  test("a look ends early when messages are long, and one that is too long is not shown", async () => {
    const { ids } = await fill("long", [{ padding: 3_000_000 }, ...Array(12).fill({ padding: 700_000 })]);
    const { depth, messages, note } = await broker.peekQueue("long", 20);
    expect(depth).toBe(13);
    expect(messages?.[0]).toMatchObject({ id: null, isDeadly: false });
    expect(messages?.[0]?.problem).toMatch(/^it is too long to be shown \(\d{7} bytes\)$/);
    expect(messages?.[1]).toMatchObject({ id: ids[1], problem: null });
    expect(messages?.length).toBeGreaterThanOrEqual(2);
    expect(messages?.length).toBeLessThanOrEqual(4);
    expect(note).toContain(`Only the first ${messages?.length} were looked at`);
  });

  test("a purge deletes what waits, in all priorities, and nothing else", async () => {
    await fill("other", [{}]);
    const { raw } = await fill("full", [{}, {}, { priority: 4 }, { priority: 9 }]);
    const putBack = await raw.hold();
    expect(await broker.purgeQueue("full", 3)).toBe(3);
    expect(await broker.peekQueue("full", 5)).toMatchObject({ depth: 0, messages: [] });
    await putBack();
    expect((await broker.peekQueue("full", 5)).depth).toBe(1);
    expect((await broker.peekQueue("other", 5)).depth).toBe(1);
  });

  test("a purge is refused when the depth moved, and names both numbers", async () => {
    const { ids, raw } = await fill("moved", [{}, {}, { priority: 9 }]);
    for (const expected of [2, 4, 0]) {
      await expect(broker.purgeQueue("moved", expected)).rejects.toMatchObject({
        code: "conflict",
        message: `The depth of "moved" is 3 now, not ${expected}: nothing was purged. Look at it again.`,
      });
    }
    expect((await raw.drain()).map(({ id }) => id)).toEqual(ids);
  });

  test("while others send, each message is either purged and counted, or still there", async () => {
    await fill("busy", []);
    let isDone = false;
    const sending = (async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        const tasks = Array.from({ length: 10 }, () => createTask("busy"));
        expect(await broker.publishTasks(tasks, null)).toEqual([]);
      }
      isDone = true;
    })();
    let purged = 0;
    while (!isDone) {
      const { depth } = await broker.peekQueue("busy", 1);
      purged += await broker.purgeQueue("busy", depth).catch((error) => {
        expect(error).toMatchObject({ code: "conflict" });
        return 0;
      });
    }
    await sending;
    expect(purged + (await broker.peekQueue("busy", 1)).depth).toBe(400);
  });

  test("a queue's name may hold any character", async () => {
    const name = `a/b.c:d e%2F*?[x]+(y){1}^$|\\"'é${"n".repeat(40)}`;
    const { ids } = await fill(name, [{}, {}]);
    await fill(name.toUpperCase(), [{}]);
    expect((await broker.peekQueue(name, 5)).messages?.map(({ id }) => id)).toEqual(ids);
    expect(await broker.purgeQueue(name, 2)).toBe(2);
    expect((await broker.peekQueue(name.toUpperCase(), 5)).depth).toBe(1);
  });
});

describe("Redis alone", () => {
  let server: RunningBroker;
  let broker: Broker;
  let redis: Redis;

  beforeAll(async () => {
    server = await REDIS.start();
    broker = openBroker(server);
    redis = new Redis(server.url);
  });

  afterAll(async () => {
    await broker.close();
    redis.disconnect();
    await server.stop();
  });

  test("priorities are shown as workers serve them: 0 first", async () => {
    const priorities = [9, 0, 5, 3, 0, 7];
    const tasks = priorities.map((priority) => createTask("jobs", { priority }));
    await broker.publishTasks(tasks, null);
    const { messages } = await broker.peekQueue("jobs", 5);
    expect(messages?.map(({ priority }) => priority)).toEqual([0, 0, 5, 3, 7]);
    expect(messages?.map(({ id }) => id)).toEqual([1, 4, 2, 3, 5].map((index) => tasks[index]?.id));
  });

  test("of many who purge at once exactly one does", async () => {
    await broker.publishTasks([createTask("once"), createTask("once")], null);
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => broker.purgeQueue("once", 2)));
    const values = all.map((one) => (one.status === "fulfilled" ? one.value : one.reason.code));
    expect(values.sort()).toEqual([2, ...Array(7).fill("conflict")]);
  });

  test("what is no queue is neither shown nor deleted; a queue without messages has no key", async () => {
    await redis.set("text", "x");
    await expect(broker.peekQueue("text", 5)).rejects.toMatchObject({ code: "unprocessable" });
    await expect(broker.purgeQueue("text", 1)).rejects.toMatchObject({ code: "unprocessable" });
    expect(await redis.get("text")).toBe("x");
    expect(await broker.peekQueue("never", 5)).toEqual({ depth: 0, messages: [], note: null });
  });

  test("a look reads no more messages than it shows, however many wait", async () => {
    for (let turn = 0; turn < 20; turn += 1) await redis.lpush("deep", ...Array(1_000).fill("{}"));
    await redis.call("CONFIG", "RESETSTAT");
    expect((await broker.peekQueue("deep", 20)).depth).toBe(20_000);
    const counted = String(await redis.info("commandstats")).matchAll(/cmdstat_([^:]+):calls=(\d+)/g);
    const calls = Object.fromEntries([...counted].map(([, command, count]) => [command, Number(count)]));
    expect(calls).toMatchObject({ eval: 1, llen: 4, lindex: 20 });
    expect(calls).not.toHaveProperty("lrange");
  });
});
