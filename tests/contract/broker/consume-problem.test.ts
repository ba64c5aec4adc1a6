import { connect } from "amqplib";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { createVirtualHost } from "./create-virtual-host";

test("on Redis a queue is a list, or nothing yet", async () => {
  const server = await startRedisServer();
  onTestFinished(() => server.stop());
  const redis = new Redis(server.port);
  onTestFinished(() => redis.disconnect());
  const broker = openBroker({ url: server.url, options: { global_keyprefix: "p:", unacked_key: "held" } });
  onTestFinished(() => broker.close());
  const find = (queue: string) => broker.findConsumeProblem(queue, null);

  await redis.rpush("p:mail", "a task");
  await redis.sadd("p:_kombu.binding.mail", "mail\x06\x16\x06\x16mail");
  await redis.set("p:text", "1");
  await redis.hset("p:slow\x06\x166", "a", "1");
  await redis.set("p:_kombu.binding.bound", "1");
  await redis.set("other", "1");
  const before = await redis.dbsize();
  for (const queue of ["mail", "not there", "other"])
    expect([queue, await find(queue)]).toEqual([queue, null]);
  expect(await find("text")).toBe("The key p:text is there already, and is a string.");
  expect(await find("slow")).toBe("The key p:slow\x06\x166 is there already, and is a hash.");
  expect(await find("bound")).toBe("The key p:_kombu.binding.bound is there already, and is a string.");
  for (const queue of ["held", "unacked_index", "unacked_mutex", "_kombu.binding.mail"]) {
    expect(await find(queue)).toBe("Celery keeps other things than tasks under that name.");
  }
  expect(await redis.dbsize()).toBe(before);
});

test("on RabbitMQ exchange and queue are as a worker declares them, or not there", async () => {
  const host = await createVirtualHost();
  const broker = host.open();
  const put = (kind: string, name: string, body: unknown) => host.callApi("PUT", kind, name, body);
  const list = async (kind: string) => {
    const all = (await host.callApi("GET", kind)) as {
      name: string;
      durable: boolean;
      arguments: unknown;
    }[];
    return all.map(({ name, durable, arguments: args }) => [name, durable, args]).sort();
  };

  await put("queues", "plain", { durable: true });
  await put("exchanges", "plain", { type: "direct", durable: true });
  await put("queues", "ranked", { durable: true, arguments: { "x-max-priority": 10 } });
  await put("queues", "quorum", { durable: true, arguments: { "x-queue-type": "quorum" } });
  await put("exchanges", "fans", { type: "fanout", durable: true });
  const other = await connect(host.url);
  onTestFinished(() => other.close());
  await (await other.createChannel()).assertQueue("private", { durable: false, exclusive: true });

  const before = [await list("queues"), await list("exchanges")];
  expect(await broker.findConsumeProblem("plain", null)).toBeNull();
  expect(await broker.findConsumeProblem("not there", null)).toBeNull();
  expect(await broker.findConsumeProblem("ranked", 10)).toBeNull();
  expect(await broker.findConsumeProblem("ranked", null)).toMatch(/^RabbitMQ: .*x-max-priority.*'ranked'/);
  expect(await broker.findConsumeProblem("plain", 10)).toMatch(/^RabbitMQ: .*x-max-priority.*'plain'/);
  expect(await broker.findConsumeProblem("quorum", null)).toMatch(/^RabbitMQ: .*'quorum'/);
  expect(await broker.findConsumeProblem("fans", null)).toMatch(/^RabbitMQ: .*type.*'fans'/);
  expect(await broker.findConsumeProblem("private", null)).toBe(
    "The queue is there already, for another connection alone.",
  );
  // It changed nothing, and did itself no harm.
  expect([await list("queues"), await list("exchanges")]).toEqual(before);
  expect(await broker.findConsumeProblem("plain", null)).toBeNull();
});
