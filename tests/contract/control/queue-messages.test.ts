import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { purgeQueue } from "@/lib/control/purge-queue";
import { parseSettings } from "@/lib/env";
import { listActions } from "@/lib/store/actions";
import { openStore } from "@/lib/store/open-store";
import { saveBrokerSample } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { getQueueMessages } from "@/lib/views/queue-messages";
import { makeTask } from "@/tests/contract/store/make-task";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";

const NAME = "mail/eu.1";
const SENT_AT = 1_795_000_000_000;
const folder = makeTempFolder("queue-purge");
let server: RedisServer;
let redis: Redis;
let broker: Broker;
let store: Store;

beforeAll(async () => {
  server = await startRedisServer();
  redis = new Redis(server.url);
  broker = openBroker({ url: server.url });
  store = await openStore(`file:${join(folder, "celeriac.db")}`);
  const queue = {
    ...{ name: NAME, depth: 3, unacked: 0, consumers: null, byPriority: null, source: "redis" as const },
    ...{ oldestWaitingSeconds: 1, oldestWaitingIsMinimum: false, publishPerSecond: null, ackPerSecond: null },
  };
  await saveBrokerSample(store, { at: Date.now(), unackedTotal: 0, oldestUnackedAt: null, queues: [queue] });
});

afterAll(async () => {
  await broker.close();
  redis.disconnect();
  await store.close();
  await server.stop();
  removeFolder(folder);
});

beforeEach(() => redis.flushall());

function push(headers: Record<string, unknown>, body = "[[], {}, {}]") {
  const info = { exchange: "", routing_key: NAME };
  return redis.lpush(
    NAME,
    JSON.stringify({
      headers: { task: "shop.tasks.send_mail", ...headers },
      ...{ body: Buffer.from(body).toString("base64"), "content-type": "application/json" },
      properties: { delivery_tag: "t", delivery_info: info, body_encoding: "base64", priority: 0 },
    }),
  );
}

function look(settings: Record<string, string> = {}, limit = 20, of: Broker = broker) {
  const services = { store, broker: () => of, settings: parseSettings(settings) };
  return getQueueMessages(services, NAME, limit);
}

describe("the messages of a queue", () => {
  test("are shown with their secrets hidden, wherever they stand", async () => {
    const long = "x".repeat(2_000);
    await push({
      id: "1",
      argsrepr: `('${long}', {'password': 'hunter2'})`,
      kwargsrepr: "{'token': 'tok_1'}",
    });
    await push({ id: "2" }, '[["a", {"api_key": "sk-1"}], {"deep": [{"secret": 1}]}, {}]');
    const { items, depth, note } = await look({ CELERIAC_REDACT: "password,token,api_key,secret" });
    expect([depth, note]).toEqual([2, null]);
    expect(items?.[0]).toMatchObject({ kwargs: "{'token': '***'}" });
    expect(items?.[0]?.args).toHaveLength(1_024);
    expect(items?.[1]).toMatchObject({
      args: '["a", {"api_key": "***"}]',
      kwargs: '{"deep": [{"secret": "***"}]}',
    });
    expect(JSON.stringify(items)).not.toMatch(/hunter2|tok_1|sk-1/);
  });

  test("are dated by the event of their task, unless they are another try of it", async () => {
    await upsertTasks(store, [
      makeTask({ id: "first", sentAt: SENT_AT }),
      makeTask({ id: "again", sentAt: SENT_AT }),
    ]);
    await push({ id: "first", retries: 0 });
    await push({ id: "again", retries: 1 });
    await push({ id: "unheard" });
    const { items } = await look();
    expect(items?.map(({ id, sentAt }) => [id, sentAt])).toEqual([
      ["first", new Date(SENT_AT).toISOString()],
      ["again", null],
      ["unheard", null],
    ]);
  });

  test("stay unmarked on RabbitMQ while Celeriac is read-only", async () => {
    const away = openBroker({ url: "amqp://127.0.0.1:1" });
    const { items, note } = await look({ CELERIAC_READ_ONLY: "true" }, 20, away);
    await away.close();
    expect(items).toBeNull();
    expect(note).toMatch(/mark the messages as redelivered, and this Celeriac is read-only/);
    await push({ id: "1" });
    expect((await look({ CELERIAC_READ_ONLY: "true" })).items).toHaveLength(1);
  });
});

describe("a purge", () => {
  const purge = (depth: number, name = NAME) => purgeQueue({ store, broker }, { name, depth, actor: "ada" });
  const listNotes = () => listActions(store, { target: null, limit: 10, after: null });

  test("is noted with who did it and what came of it, the refused one too", async () => {
    for (const id of ["1", "2", "3"]) await push({ id });
    await expect(purge(2)).rejects.toMatchObject({ code: "conflict" });
    expect(await purge(3)).toBe(3);
    const common = { actor: "ada", action: "purge", target: NAME };
    const notes = await listNotes();
    expect(notes.toSorted((a, b) => Number(a.succeeded) - Number(b.succeeded))).toMatchObject([
      {
        ...{ ...common, request: { depth: 2 }, succeeded: false },
        result: `The depth of "${NAME}" is 3 now, not 2: nothing was purged. Look at it again.`,
      },
      { ...common, request: { depth: 3 }, succeeded: true, result: "purged 3 messages" },
    ]);
  });

  test("reaches nothing that was not seen as a queue", async () => {
    await redis.lpush("celeriac.1.reply", "x");
    const before = (await listNotes()).length;
    await expect(purge(1, "celeriac.1.reply")).rejects.toMatchObject({ code: "not_found" });
    expect(await redis.llen("celeriac.1.reply")).toBe(1);
    expect(await listNotes()).toHaveLength(before);
  });
});
