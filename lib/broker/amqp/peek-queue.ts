import type { Channel, GetMessage } from "amqplib";
import { createUnreadMessage } from "@/lib/celery/message/describe-waiting-message";
import type { WaitingMessage } from "@/lib/celery/waiting-message";
import type { QueuePeek } from "../broker";
import { describeTooLong, LONGEST_SHOWN_BYTES, MOST_PEEKED_BYTES, noteFewer } from "../peek-limits";
import type { AmqpAccess } from "./amqp-access";
import { findQueueKind } from "./find-queue-kind";
import { lookAtQueue } from "./look-at-queue";
import { readWaitingDelivery } from "./read-waiting-delivery";

/** Nobody else gets the messages meanwhile. */
const LONGEST_LOOK_MS = 2_000;

/**
 * Takes up to `limit` messages off a classic queue by basic.get, and puts them back, all at once. Seen with RabbitMQ 3.10: a
 * classic queue, lazy, with priorities or with a single active consumer, has them in their places again, marked as
 * redelivered; a quorum queue counts a delivery of each and moves them to its end, or drops them at its delivery limit; and a stream
 * ends the whole connection (540).
 */
export async function peekAmqpQueue(access: AmqpAccess, name: string, limit: number): Promise<QueuePeek> {
  const refusal = describeRefusal(await findQueueKind(access, name));
  return lookAtQueue(access.link, name, async (channel, depth) => {
    if (refusal !== null) return { depth, messages: null, note: refusal };
    const messages = (await borrow(channel, name, Math.min(limit, depth))).map(describe);
    const notes = [
      messages.length > 0 ? "RabbitMQ has marked them as redelivered." : null,
      messages.length < Math.min(limit, depth) ? noteFewer(messages.length) : null,
    ].filter((note) => note !== null);
    return { depth, messages, note: notes.join(" ") || null };
  });
}

/** Takes messages and gives them back. When the connection breaks between, RabbitMQ takes them back by itself. */
async function borrow(channel: Channel, name: string, limit: number): Promise<GetMessage[]> {
  const borrowed: GetMessage[] = [];
  const endsAt = Date.now() + LONGEST_LOOK_MS;
  let bytes = 0;
  while (borrowed.length < limit && bytes < MOST_PEEKED_BYTES && Date.now() < endsAt) {
    const message = await channel.get(name);
    if (message === false) break;
    borrowed.push(message);
    bytes += message.content.length;
  }
  const last = borrowed.at(-1);
  if (last !== undefined) channel.nack(last, true, true);
  return borrowed;
}

function describe(message: GetMessage): WaitingMessage {
  const { length } = message.content;
  return length > LONGEST_SHOWN_BYTES
    ? createUnreadMessage(describeTooLong(length), false)
    : readWaitingDelivery(message);
}

/** Why a queue of this kind is not looked into, or null when it is. */
function describeRefusal(kind: string | null): string | null {
  switch (kind) {
    case "classic":
      return null;
    case "quorum":
      return "This is a quorum queue: RabbitMQ would count a look as a delivery of each message, and move it to the end or, at the delivery limit, drop it.";
    case null:
      return "RabbitMQ's management API does not answer, and nothing else tells whether this is a quorum queue, whose messages a look would move or drop.";
    default:
      return `This is a ${kind} queue, whose messages can't be taken out and put back.`;
  }
}
