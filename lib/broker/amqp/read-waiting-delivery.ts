import type { GetMessage } from "amqplib";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { describeWaitingMessage } from "@/lib/celery/message/describe-waiting-message";
import type { WaitingMessage } from "@/lib/celery/waiting-message";
import { decodeAmqpHeaders } from "./decode-amqp-headers";

const DAY_SECONDS = 86_400;

/** Reads a message that RabbitMQ handed out as what it says of itself. */
export function readWaitingDelivery({ fields, properties, content }: GetMessage): WaitingMessage {
  const { contentType, contentEncoding, headers, priority } = properties;
  const text = { contentType: textOf(contentType), contentEncoding: textOf(contentEncoding) };
  return describeWaitingMessage(decodeTaskMessage(decodeAmqpHeaders(headers ?? {}), text, content), {
    priority: typeof priority === "number" ? priority : null,
    isRedelivered: fields.redelivered,
    sentAt: readTimestamp(properties.timestamp),
  });
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** AMQP's seconds as epoch ms. One that lies in the future is in another unit. */
function readTimestamp(seconds: unknown): number | null {
  const isPlausible = typeof seconds === "number" && seconds > 0 && seconds < Date.now() / 1000 + DAY_SECONDS;
  return isPlausible ? seconds * 1000 : null;
}
