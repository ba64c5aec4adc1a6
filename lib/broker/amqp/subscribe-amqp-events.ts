import type { Channel, ConsumeMessage } from "amqplib";
import type { EventMessageHandler, EventOptions } from "../broker";
import { AckWindow } from "./ack-window";
import type { AmqpLinks } from "./amqp-link";
import type { AmqpConnection } from "./connect-node";
import { declareEventQueue, type EventQueue, MAX_COUNTED_OVERFLOW } from "./event-queue";
import { openChannel } from "./open-channel";
import { withTimeout } from "./with-timeout";

/** Messages that may be under way to us and in our hands. */
const PREFETCH = 4_000;
/** At its end the handler gets this long to deal with what it has; the rest is delivered again to the next subscriber. */
const LAST_ACK_MS = 3_500;

interface EventSubscription extends Pick<EventOptions, "keepAs" | "onLost" | "heardUntil" | "onUnheard"> {
  readonly links: AmqpLinks;
  readonly handler: EventMessageHandler;
  readonly signal: AbortSignal;
  /** Run after each subscription, the first included. */
  readonly onSubscribed: () => void;
}

/**
 * Hands the body of every event message on, undecoded, from a queue of our own (celery-wire.md D.1). RabbitMQ keeps a message
 * until the handler is done with it. Resolves once subscribed for the first time, or when `signal` aborts; what the handler
 * has in hand then may still be dealt with for a few seconds.
 */
export async function subscribeAmqpEvents(subscription: EventSubscription): Promise<void> {
  const { links, keepAs, signal, onSubscribed } = subscription;
  if (signal.aborted) return;
  let heardUntil = subscription.heardUntil ?? null;
  const handler: EventMessageHandler = (body, at) => {
    heardUntil = at;
    return subscription.handler(body, at);
  };
  let finish: () => Promise<void> = async () => undefined;
  const link = links.open("events", async (connection) => {
    const queue = await declareEventQueue(connection, keepAs ?? null);
    await countOverflow(connection, queue, subscription);
    const now = Date.now();
    if (queue.isNew && heardUntil !== null) subscription.onUnheard?.(heardUntil, now, false);
    heardUntil = now;
    finish = await consume(connection, queue, { ...subscription, handler });
    onSubscribed();
  });
  const end = async () => {
    await withTimeout(finish(), LAST_ACK_MS).catch(() => undefined);
    await links.close(link);
  };
  signal.addEventListener("abort", () => void end(), { once: true });
  await link.waitUntilReady(signal);
}

/** Returns what stops the messages and resolves when all that the handler has were acknowledged. */
async function consume(
  connection: AmqpConnection,
  queue: EventQueue,
  { handler, signal }: EventSubscription,
): Promise<() => Promise<void>> {
  const channel = await openChannel(connection, { isVital: true });
  const window = new AckWindow((deliveryTag) => acknowledgeUpTo(channel, deliveryTag, connection));
  await channel.prefetch(PREFETCH);
  const take = (message: ConsumeMessage | null) => {
    // RabbitMQ has taken the queue away (it was deleted, or its node went): declare it anew.
    if (message === null) return connection.reset(new Error("the event queue was deleted"));
    if (signal.aborted) return;
    const { deliveryTag } = message.fields;
    window.markDelivered(deliveryTag);
    const handled = handler(message.content, Date.now());
    if (!(handled instanceof Promise)) return window.markHandled(deliveryTag);
    // What could not be handled is delivered again, to the next connection.
    handled.then(
      () => window.markHandled(deliveryTag),
      () => undefined,
    );
  };
  // Exclusive: a second collector with the same name would take every other event away from the first.
  const { consumerTag } = await channel.consume(queue.name, take, { exclusive: true });
  return async () => {
    await channel.cancel(consumerTag);
    await window.whenEmpty();
  };
}

function acknowledgeUpTo(channel: Channel, deliveryTag: number, connection: AmqpConnection): void {
  if (connection.signal.aborted) return;
  try {
    // amqplib takes nothing but the tag from the message.
    channel.ack({ fields: { deliveryTag } } as ConsumeMessage, true);
  } catch (error) {
    // The connection is being closed: RabbitMQ delivers the messages once more.
    connection.reset(error);
  }
}

/** Counts what did not fit, as it comes; of what came while nobody read, the first look tells at least how much. */
async function countOverflow(
  connection: AmqpConnection,
  { overflow }: EventQueue,
  { onLost }: EventSubscription,
): Promise<void> {
  if (overflow === null) return;
  const channel = await openChannel(connection, { isVital: true });
  const { messageCount } = await channel.checkQueue(overflow);
  let isMinimum = messageCount >= MAX_COUNTED_OVERFLOW;
  const take = (message: ConsumeMessage | null) => {
    if (message === null) return connection.reset(new Error("the event queue was deleted"));
    onLost?.(1, isMinimum);
    isMinimum = false;
  };
  await channel.consume(overflow, take, { exclusive: true, noAck: true });
}
