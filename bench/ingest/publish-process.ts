import { once } from "node:events";
import { createConnection } from "node:net";
import { connect } from "amqplib";
import { makeMessages, toEnvelope } from "./make-messages";

// Publishes events at a steady rate, as workers would: makes all messages first, prints `ready`, begins when its input says so,
// and prints a PublishedEvents as JSON.

/** What to publish; the first argument of the process, as JSON. */
export interface EventsToPublish {
  readonly brokerUrl: string;
  readonly tasks: number;
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

interface Chunk {
  readonly bytes: Buffer;
  readonly routingKey: string;
  readonly worker: string;
  readonly events: number;
}

const options: EventsToPublish = JSON.parse(process.argv[2] ?? "{}");
const isRedis = options.brokerUrl.startsWith("redis:");
let ends = 0;
let events = 0;
const chunks: Chunk[] = [];
for (const message of makeMessages(options.tasks, options.isBatched)) {
  ends += message.ends;
  events += message.events;
  const { worker, routingKey } = message;
  const bytes = isRedis ? writePublish(routingKey, toEnvelope(message)) : Buffer.from(message.body);
  chunks.push({ bytes, routingKey, worker, events: message.events });
}
const send = await (isRedis ? openRedis() : openRabbitmq());
process.stdout.write("ready\n");
await once(process.stdin, "data");
const startedAt = performance.now();
await publish();
const seconds = (performance.now() - startedAt) / 1000;
const published: PublishedEvents = { events, ends, seconds };
process.stdout.write(`${JSON.stringify(published)}\n`);
process.exit(0);

async function publish(): Promise<void> {
  const perMs = (options.eventsPerSecond ?? Number.POSITIVE_INFINITY) / 1000;
  let place = 0;
  let sent = 0;
  while (place < chunks.length) {
    const due = Math.min((performance.now() - startedAt) * perMs, Number.MAX_SAFE_INTEGER);
    const first = place;
    while (place < chunks.length && sent <= due) {
      sent += chunks[place]?.events ?? 0;
      place += 1;
    }
    await send(chunks.slice(first, place));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

/** A PUBLISH to the channel of kombu's fanout exchange (celery-wire.md D.1). */
function writePublish(routingKey: string, envelope: string): Buffer {
  const channel = `/0.celeryev/${routingKey}`;
  const sizes = [channel, envelope].map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`);
  return Buffer.from(`*3\r\n$7\r\nPUBLISH\r\n${sizes.join("")}`);
}

async function openRedis() {
  const { hostname, port } = new URL(options.brokerUrl);
  const socket = createConnection({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  let answers = 0;
  // One answer, `:n`, a command: those that are out bound what Redis has to hold.
  socket.on("data", (bytes) => {
    for (const byte of bytes) if (byte === 10) answers += 1;
  });
  let asked = 0;
  return async (due: readonly Chunk[]) => {
    if (due.length === 0) return;
    asked += due.length;
    if (!socket.write(Buffer.concat(due.map(({ bytes }) => bytes)))) await once(socket, "drain");
    const isLast = asked === chunks.length;
    while (isLast && answers < asked) await new Promise((resolve) => setTimeout(resolve, 1));
  };
}

async function openRabbitmq() {
  const connection = await connect(options.brokerUrl);
  const channel = await connection.createConfirmChannel();
  await channel.assertExchange("celeryev", "topic", { durable: true, autoDelete: false });
  return async (due: readonly Chunk[]) => {
    for (const { bytes, routingKey, worker } of due) {
      channel.publish("celeryev", routingKey, bytes, {
        ...{ contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 1 },
        headers: { hostname: worker },
      });
    }
    await channel.waitForConfirms();
  };
}
