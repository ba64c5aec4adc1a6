import { randomUUID } from "node:crypto";
import type { Channel } from "amqplib";
import { EVENT_EXCHANGE, nameOwnQueue } from "./amqp-names";
import type { AmqpConnection } from "./connect-node";
import { declarePassively } from "./declare-passively";
import { withChannel } from "./open-channel";

/** How long RabbitMQ keeps a queue that nobody reads: more than a restart takes, less than somebody would mind. */
const KEPT_MS = 3_600_000;
/** At 500 messages a second a quarter of an hour; a message holds up to 24 events. */
const MAX_MESSAGES = 500_000;
const MAX_BYTES = 256 * 1024 * 1024;
/** Of what overflows, this much is kept to be counted while nobody reads. */
export const MAX_COUNTED_OVERFLOW = 1_000;
const NOT_FOUND = 404;

/** Where our events wait. */
export interface EventQueue {
  readonly name: string;
  /** Takes what did not fit into the queue any more; null for one that ends with the connection. */
  readonly overflow: string | null;
  /** Whether it was not there: nothing was kept before. */
  readonly isNew: boolean;
}

/**
 * Declares our queue, bound to Celery's events, and returns it. With a name it outlives the connection: durable, because a
 * RabbitMQ may deny transient queues that are not exclusive (and 4.3 does), though the events in it are not written to
 * disk; RabbitMQ deletes it an hour after its last reader left, and drops its oldest messages when it is full, by way of a
 * second queue where they are counted. Without a name it ends with the connection.
 */
export async function declareEventQueue(
  connection: AmqpConnection,
  keepAs: string | null,
): Promise<EventQueue> {
  await ensureExchange(connection);
  const isNew = keepAs === null || !(await declarePassively(connection, [nameKept(keepAs)])).size;
  return withChannel(connection, async (channel) => {
    const queue = await (keepAs === null
      ? declarePassing(channel)
      : declareKept(channel, nameKept(keepAs), isNew));
    await channel.bindQueue(queue.name, EVENT_EXCHANGE, "#");
    return queue;
  });
}

/** Workers declare it with just these flags (celery-wire.md D.1); we come first when no worker was ever up. */
async function ensureExchange(connection: AmqpConnection): Promise<void> {
  try {
    await withChannel(connection, (channel) => channel.checkExchange(EVENT_EXCHANGE));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await withChannel(connection, (channel) =>
      channel.assertExchange(EVENT_EXCHANGE, "topic", { durable: true, autoDelete: false }),
    );
  }
}

async function declarePassing(channel: Channel): Promise<EventQueue> {
  const name = nameOwnQueue("events", randomUUID());
  await channel.assertQueue(name, { durable: false, exclusive: true, autoDelete: true, arguments: LIMITS });
  return { name, overflow: null, isNew: true };
}

/** The number grows whenever an argument changes: RabbitMQ refuses to declare a queue anew with others. */
function nameKept(keepAs: string): string {
  return nameOwnQueue("events", `${keepAs}.1`);
}

async function declareKept(channel: Channel, name: string, isNew: boolean): Promise<EventQueue> {
  const overflow = `${name}.overflow`;
  await channel.assertQueue(overflow, {
    durable: true,
    arguments: { "x-expires": KEPT_MS, "x-max-length": MAX_COUNTED_OVERFLOW, "x-overflow": "drop-head" },
  });
  await channel.assertQueue(name, {
    durable: true,
    arguments: {
      ...LIMITS,
      "x-expires": KEPT_MS,
      "x-dead-letter-exchange": "",
      "x-dead-letter-routing-key": overflow,
    },
  });
  return { name, overflow, isNew };
}

const LIMITS = { "x-max-length": MAX_MESSAGES, "x-max-length-bytes": MAX_BYTES, "x-overflow": "drop-head" };

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === NOT_FOUND;
}
