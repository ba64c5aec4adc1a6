import type { ControlMessage } from "../control-message";
import { writeWireJson } from "../json/write-wire-json";
import type { TaskMessage } from "../task-message";
import type { WireValue } from "../wire-value";

/** Where a message goes. On Redis a task goes to exchange `""` with its queue as the routing key (B.4). */
export interface EnvelopeDelivery {
  readonly exchange: string;
  readonly routingKey: string;
  /** Unique for each publish: workers keep the message under it until it is acknowledged. */
  readonly deliveryTag: string;
}

/**
 * The JSON document that kombu's virtual transports (Redis, SQS, …) put into a list or a channel (celery-wire.md B.3).
 * Throws a TypeError without a delivery tag, of which a worker dies, and for a task that is sent to no queue.
 */
export function encodeVirtualEnvelope(
  message: TaskMessage | ControlMessage,
  { exchange, routingKey, deliveryTag }: EnvelopeDelivery,
): string {
  if (deliveryTag === "") throw new TypeError("deliveryTag: must not be empty");
  if (isTask(message.properties) && routingKey === "") throw new TypeError("routingKey: must name a queue");
  const info = `{"exchange": ${JSON.stringify(exchange)}, "routing_key": ${JSON.stringify(routingKey)}}`;
  return [
    `{"body": "${Buffer.from(message.body, "utf8").toString("base64")}"`,
    `"content-encoding": "${message.contentEncoding}"`,
    `"content-type": "${message.contentType}"`,
    `"headers": ${writeHeaders(message.headers)}`,
    `"properties": {${writeOwnProperties(message.properties)}`,
    `"delivery_info": ${info}`,
    `"priority": ${message.properties.priority}`,
    `"body_encoding": "base64"`,
    `"delivery_tag": ${JSON.stringify(deliveryTag)}}}`,
  ].join(", ");
}

function writeHeaders(headers: Readonly<Record<string, WireValue>>): string {
  const entries = Object.entries(headers).map(
    ([name, value]) => `${JSON.stringify(name)}: ${writeWireJson(value)}`,
  );
  return `{${entries.join(", ")}}`;
}

type TaskProperties = TaskMessage["properties"];

function writeOwnProperties(properties: TaskProperties | ControlMessage["properties"]): string {
  const mode = `"delivery_mode": ${properties.deliveryMode}`;
  if (!isTask(properties)) return mode;
  const { correlationId, replyTo, expiration } = properties;
  const identity = `"correlation_id": ${JSON.stringify(correlationId)}, "reply_to": ${JSON.stringify(replyTo)}`;
  return `${identity}, ${mode}${expiration === null ? "" : `, "expiration": ${JSON.stringify(expiration)}`}`;
}

function isTask(properties: TaskProperties | ControlMessage["properties"]): properties is TaskProperties {
  return "correlationId" in properties;
}
