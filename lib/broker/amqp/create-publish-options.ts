import type { Options } from "amqplib";
import type { ControlMessage } from "@/lib/celery/control-message";
import type { TaskMessage } from "@/lib/celery/task-message";
import type { WireValue } from "@/lib/celery/wire-value";
import { encodeAmqpHeaders } from "./encode-amqp-headers";

/** amqplib encodes headers of up to 64 KiB; these two are the only ones that grow with the task's args. */
const MAX_REPR_BYTES = 48 * 1024;

/**
 * Returns the properties of a message on AMQP (celery-wire.md A.1, C.2), to be returned to us when no queue takes it. Throws a
 * TypeError for headers that AMQP can't hold.
 */
export function createPublishOptions(message: TaskMessage | ControlMessage): Options.Publish {
  const { properties, contentType, contentEncoding } = message;
  const common = {
    mandatory: true,
    contentType,
    contentEncoding,
    headers: encodeAmqpHeaders(fitReprs(message.headers)),
    deliveryMode: properties.deliveryMode,
    priority: properties.priority,
  };
  if (!("correlationId" in properties)) return common;
  const { correlationId, replyTo, expiration } = properties;
  return { ...common, correlationId, replyTo, ...(expiration === null ? {} : { expiration }) };
}

/** Celery takes a task without these texts, and then django-celery-results stores real JSON. */
function fitReprs(headers: Readonly<Record<string, WireValue>>): Readonly<Record<string, WireValue>> {
  const { argsrepr = null, kwargsrepr = null } = headers;
  const bytes = Buffer.byteLength(`${argsrepr}${kwargsrepr}`);
  return bytes > MAX_REPR_BYTES ? { ...headers, argsrepr: null, kwargsrepr: null } : headers;
}
