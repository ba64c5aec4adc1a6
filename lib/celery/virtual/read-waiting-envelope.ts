import { decodeTaskMessage } from "../message/decode-task-message";
import { createUnreadMessage, describeWaitingMessage } from "../message/describe-waiting-message";
import type { WaitingMessage } from "../waiting-message";
import { decodeVirtualEnvelope, type VirtualEnvelope } from "./decode-virtual-envelope";

/** Reads one element of a queue's list as what it says of itself, and what a worker would die of. Never throws. */
export function readWaitingEnvelope(text: string): WaitingMessage {
  const envelope = decodeVirtualEnvelope(text);
  if (envelope === null) return createUnreadMessage("envelope: must be a JSON object with a body", true);
  const { headers, properties, body, isRedelivered } = envelope;
  return describeWaitingMessage(decodeTaskMessage(headers, properties, body), {
    priority: properties.priority,
    isRedelivered,
    sentAt: null,
    deadlyDefects: listDeadlyDefects(envelope),
  });
}

/** What kombu takes for granted (celery-wire.md A.9). */
function listDeadlyDefects({ deliveryTag, exchange, routingKey }: VirtualEnvelope): string[] {
  return [
    deliveryTag === null ? "delivery_tag: must be a text" : null,
    exchange === null ? "delivery_info.exchange: must be a text" : null,
    routingKey === null ? "delivery_info.routing_key: must be a text" : null,
  ].filter((defect) => defect !== null);
}
