import type { CeleryEvent } from "../celery-event";
import { EnvelopeBytes, type EventBody } from "./event-body";
import { parseEventJson } from "./parse-event-json";
import { readEvent } from "./read-event";

/** The events of one message, and how many of them made no sense. */
export interface DecodedEvents {
  readonly events: CeleryEvent[];
  readonly malformed: number;
}

/**
 * Reads one message of the event exchange: a single event or a batch (celery-wire.md D.2). Never throws: what cannot be read counts as malformed, a whole
 * message as one.
 */
export function decodeEventMessage(message: EventBody): DecodedEvents {
  const payload = readPayload(message);
  const events: CeleryEvent[] = [];
  let malformed = 0;
  for (const item of Array.isArray(payload) ? payload : [payload]) {
    const event = readEvent(item);
    if (event === null) malformed++;
    else events.push(event);
  }
  return { events, malformed };
}

function readPayload(message: EventBody): unknown {
  if (typeof message === "string") return openEnvelope(message);
  if (message instanceof EnvelopeBytes) return openEnvelope(message.bytes.toString("utf8"));
  return parseEventJson(textOf(message));
}

/** The envelope's payload, or undefined. Kept apart from `decodeVirtualEnvelope`, which keeps numbers and is slower. */
function openEnvelope(text: string): unknown {
  const envelope = parseEventJson(text);
  if (typeof envelope !== "object" || envelope === null) return undefined;
  const { body, properties, "content-type": contentType } = envelope as Record<string, unknown>;
  if (typeof body !== "string") return undefined;
  if (contentType !== undefined && contentType !== "application/json") return undefined;
  const encoding: unknown = (properties as { body_encoding?: unknown } | null | undefined)?.body_encoding;
  return parseEventJson(encoding === "base64" ? Buffer.from(body, "base64").toString("utf8") : body);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
