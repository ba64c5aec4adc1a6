import { once } from "node:events";
import { createConnection } from "node:net";
import { connect } from "amqplib";
import { makeMessages, toEnvelope } from "./make-messages";

// Publishes events at a steady rate, as workers would: prints `ready`, begins when its input says so, and prints a PublishedEvents
// as JSON. So many tasks' messages are all made before; where there is no end they are made on the way, until its input ends.

/** What to publish; the first argument of the process, as JSON. */
export interface EventsToPublish {
  readonly brokerUrl: string;
  /** Null: until it is told to stop. */
  readonly tasks: number | null;
  readonly isBatched: boolean;
  /** Infinity, written as null: all at once. */
  readonly eventsPerSecond: number | null;
}

export interface PublishedEvents {
  readonly events: number;
  /** Those that ended a task or an attempt. */
  readonly ends: number;
  readonly seconds: number;
}

const TICK_MS = 5;
/** Where messages are made on the way, a publisher that is behind its rate may not hold all that it owes. */
const MAX_DUE = 500;

interface Chunk {
  readonly bytes: Buffer;
  readonly routingKey: string;
  readonly worker: string;
  readonly events: number;
  readonly ends: number;
}

interface Sender {
  send(chunks: readonly Chunk[]): Promise<void>;
  /** Resolves once the broker has all. */
  finish(): Promise<void>;
}

const options: EventsToPublish = JSON.parse(process.argv[2] ?? "{}");
const isRedis = options.brokerUrl.startsWith("redis:");
const chunks = options.tasks === null ? makeChunks(Number.POSITIVE_INFINITY) : [...makeChunks(options.tasks)];
const sender = await (isRedis ? openRedis() : openRabbitmq());
let isStopped = false;
process.stdin.on("end", () => {
  isStopped = true;
});
process.stdout.write("ready\n");
await once(process.stdin.resume(), "data");
process.stdout.write(`${JSON.stringify(await publish())}\n`);
process.exit(0);

async function publish(): Promise<PublishedEvents> {
  const startedAt = performance.now();
  const perMs = (options.eventsPerSecond ?? Number.POSITIVE_INFINITY) / 1000;
  let events = 0;
  let ends = 0;
  const due: Chunk[] = [];
  const maxDue = options.tasks === null ? MAX_DUE : Number.POSITIVE_INFINITY;
  for (const chunk of chunks) {
    due.push(chunk);
    events += chunk.events;
    ends += chunk.ends;
    if (due.length >= maxDue) await sender.send(due.splice(0));
    while (events > (performance.now() - startedAt) * perMs && !isStopped) {
      await sender.send(due.splice(0));
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    if (isStopped) break;
  }
  await sender.send(due);
  await sender.finish();
  return { events, ends, seconds: (performance.now() - startedAt) / 1000 };
}

function* makeChunks(tasks: number): Generator<Chunk> {
  for (const message of makeMessages(tasks, options.isBatched)) {
    const { worker, routingKey, events, ends } = message;
    const bytes = isRedis ? writePublish(routingKey, toEnvelope(message)) : Buffer.from(message.body);
    yield { bytes, routingKey, worker, events, ends };
  }
}

/** A PUBLISH to the channel of kombu's fanout exchange (celery-wire.md D.1). */
function writePublish(routingKey: string, envelope: string): Buffer {
  const channel = `/0.celeryev/${routingKey}`;
  const sizes = [channel, envelope].map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`);
  return Buffer.from(`*3\r\n$7\r\nPUBLISH\r\n${sizes.join("")}`);
}

async function openRedis(): Promise<Sender> {
  const { hostname, port } = new URL(options.brokerUrl);
  const socket = createConnection({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  let asked = 0;
  let answers = 0;
  // One answer, `:n`, a command.
  socket.on("data", (bytes) => {
    for (const byte of bytes) if (byte === 10) answers += 1;
  });
  return {
    async send(due) {
      if (due.length === 0) return;
      asked += due.length;
      if (!socket.write(Buffer.concat(due.map(({ bytes }) => bytes)))) await once(socket, "drain");
    },
    async finish() {
      while (answers < asked) await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
}

async function openRabbitmq(): Promise<Sender> {
  const connection = await connect(options.brokerUrl);
  const channel = await connection.createConfirmChannel();
  await channel.assertExchange("celeryev", "topic", { durable: true, autoDelete: false });
  return {
    async send(due) {
      for (const { bytes, routingKey, worker } of due) {
        channel.publish("celeryev", routingKey, bytes, {
          ...{ contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 1 },
          headers: { hostname: worker },
        });
      }
      await channel.waitForConfirms();
    },
    finish: () => channel.waitForConfirms(),
  };
}
