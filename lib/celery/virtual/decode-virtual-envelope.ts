import { parseWireJson } from "../json/parse-wire-json";
import type { MessageProperties } from "../message/message-properties";
import { integerOf, objectOf, textOf } from "../wire-fields";
import type { WireObject } from "../wire-value";

/** One message of a virtual transport, its body still serialised. null is "not said". */
export interface VirtualEnvelope {
  readonly headers: WireObject;
  readonly properties: MessageProperties;
  /** The serialised and perhaps compressed payload, out of its base64. */
  readonly body: Uint8Array;
  readonly exchange: string | null;
  readonly routingKey: string | null;
  readonly deliveryTag: string | null;
  /** True after the transport put an unacknowledged message back. */
  readonly isRedelivered: boolean;
}

const NOTHING: WireObject = new Map();

/**
 * Reads one element of a queue's list or one pub/sub message (celery-wire.md B.3). Returns null when the text is no
 * JSON object with a text `body`; whatever else is missing or of the wrong type reads as null. Never throws.
 */
export function decodeVirtualEnvelope(text: string): VirtualEnvelope | null {
  const document = parseWireJson(text);
  const envelope = document.ok ? objectOf(document.value) : null;
  const body = textOf(envelope?.get("body"));
  if (envelope === null || body === null) return null;
  const properties = objectOf(envelope.get("properties")) ?? NOTHING;
  const info = objectOf(properties.get("delivery_info")) ?? NOTHING;
  const headers = objectOf(envelope.get("headers")) ?? NOTHING;
  return {
    headers,
    properties: {
      contentType: textOf(envelope.get("content-type")),
      contentEncoding: textOf(envelope.get("content-encoding")),
      correlationId: textOf(properties.get("correlation_id")),
      replyTo: textOf(properties.get("reply_to")),
      priority: integerOf(properties.get("priority")),
      deliveryMode: integerOf(properties.get("delivery_mode")),
      expiration: textOf(properties.get("expiration")),
    },
    body: Buffer.from(body, properties.get("body_encoding") === "base64" ? "base64" : "utf8"),
    exchange: textOf(info.get("exchange")),
    routingKey: textOf(info.get("routing_key")),
    deliveryTag: textOf(properties.get("delivery_tag")),
    isRedelivered: info.get("redelivered") === true || headers.get("redelivered") === true,
  };
}
