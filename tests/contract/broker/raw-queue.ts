import { randomUUID } from "node:crypto";
import { connect } from "amqplib";
import { Redis } from "ioredis";
import type { RunningBroker } from "./broker-fixture";

/** A message as it stands in the broker. */
interface RawMessage {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A queue seen as workers see it, past our own code. */
interface RawQueue {
  push(message: RawMessage): Promise<void>;
  /** Consumes all that wait; the headers in the order of delivery. */
  drain(): Promise<RawMessage["headers"][]>;
  /** Takes one message and holds it, as a worker does; returns what puts it back. */
  hold(): Promise<() => Promise<unknown>>;
}

export function openRawQueue(server: RunningBroker, kind: "redis" | "amqp", queue: string): RawQueue {
  return kind === "redis" ? openList(server, queue) : openAmqp(server, queue);
}

function openList({ url, options }: RunningBroker, queue: string): RawQueue {
  const prefix = String(options.global_keyprefix ?? "");
  const separator = String(options.sep ?? "\x06\x16");
  const steps = Array.isArray(options.priority_steps) ? options.priority_steps : [0, 3, 6, 9];
  const keys = steps.map((step) => `${prefix}${queue}${step === 0 ? "" : `${separator}${step}`}`);
  const [first = ""] = keys;
  const [unacked, index] = [`${prefix}unacked`, `${prefix}unacked_index`];
  const use = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url);
    return work(redis).finally(() => redis.disconnect());
  };
  return {
    push: (message) =>
      use(async (redis) => {
        await redis.lpush(first, writeEnvelope(message, queue));
      }),
    drain: () =>
      use(async (redis) => {
        const texts: string[] = [];
        for (const key of keys) texts.push(...(await redis.lrange(key, 0, -1)).reverse());
        await redis.del(...keys);
        return texts.map((text) => JSON.parse(text).headers);
      }),
    hold: () =>
      use(async (redis) => {
        const text = (await redis.rpop(first)) ?? "";
        await redis.multi().hset(unacked, "tag", text).zadd(index, 1, "tag").exec();
        return () =>
          use(async (later) => {
            const held = (await later.hget(unacked, "tag")) ?? "";
            await later.multi().del(unacked, index).rpush(first, held).exec();
          });
      }),
  };
}

function writeEnvelope({ headers, body }: RawMessage, queue: string): string {
  const info = { exchange: "", routing_key: queue };
  return JSON.stringify({
    headers,
    body: Buffer.from(body).toString("base64"),
    "content-type": "application/json",
    properties: { delivery_tag: randomUUID(), delivery_info: info, body_encoding: "base64" },
  });
}

function openAmqp({ url }: RunningBroker, queue: string): RawQueue {
  return {
    async push({ headers, body }) {
      const model = await connect(url);
      const channel = await model.createConfirmChannel();
      channel.sendToQueue(queue, Buffer.from(body), { headers, contentType: "application/json" });
      await channel.waitForConfirms();
      await model.close();
    },
    async drain() {
      const model = await connect(url);
      const channel = await model.createChannel();
      const all: RawMessage["headers"][] = [];
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message === false) break;
        all.push(message.properties.headers ?? {});
      }
      await model.close();
      return all;
    },
    async hold() {
      const model = await connect(url);
      await (await model.createChannel()).get(queue);
      return () => model.close();
    },
  };
}
