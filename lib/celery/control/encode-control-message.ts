import type { ControlMessage, ControlRequest } from "../control-message";
import { writeWireJson } from "../json/write-wire-json";
import { checkText } from "../message/check-text";
import { NumberText, type WireValue } from "../wire-value";

/** How one request is sent and answered. */
export interface ControlDelivery {
  /** Comes back in the header of each reply. */
  readonly ticket: string;
  /** Exchange `""` sends replies straight to the list or queue named by the routing key (celery-wire.md C.4). */
  readonly replyTo: { readonly exchange: ""; readonly routingKey: string };
  /** Lamport clock; workers set theirs by it, so 1 changes nothing. */
  readonly clock: number;
  /** Epoch ms when nobody waits any more. */
  readonly expiresAt: number;
}

const MAX_LENGTH = 255;

/**
 * The message to publish to the control exchange (celery-wire.md C.2): as it is on AMQP, within
 * `encodeVirtualEnvelope` (exchange `<control exchange>`, routing key `""`) on Redis. Throws a TypeError that names a
 * field of `delivery` that would hurt a worker.
 */
export function encodeControlMessage(request: ControlRequest, delivery: ControlDelivery): ControlMessage {
  const { ticket, replyTo, clock, expiresAt } = delivery;
  checkText("ticket", ticket, MAX_LENGTH);
  checkText("replyTo.routingKey", replyTo.routingKey, MAX_LENGTH);
  if (!Number.isSafeInteger(clock) || clock < 0) throw new TypeError("clock: must be a whole number");
  if (!Number.isFinite(expiresAt)) throw new TypeError("expiresAt: must be a time");
  const body = new Map<string, WireValue>([
    ["method", request.method],
    ["arguments", new Map(Object.entries(request.arguments))],
    ["destination", request.destination],
    ["pattern", null],
    ["matcher", null],
    ["ticket", ticket],
    [
      "reply_to",
      new Map([
        ["exchange", replyTo.exchange as string],
        ["routing_key", replyTo.routingKey],
      ]),
    ],
  ]);
  const message: Omit<ControlMessage, symbol> = {
    headers: { clock: new NumberText(String(clock)), expires: new NumberText(String(expiresAt / 1000)) },
    properties: { deliveryMode: 2, priority: 0 },
    contentType: "application/json",
    contentEncoding: "utf-8",
    body: writeWireJson(body),
  };
  // The brand exists for the compiler only, and the parts come from its other bearer.
  return message as ControlMessage;
}
