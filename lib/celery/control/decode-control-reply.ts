import type { ControlReply } from "../control-message";
import { unpackBody } from "../message/unpack-body";
import { decodeVirtualEnvelope } from "../virtual/decode-virtual-envelope";
import { objectOf, textOf } from "../wire-fields";
import type { WireObject, WireValue } from "../wire-value";

/** One message of the reply queue. */
export interface DecodedControlReply {
  /** The request that it answers, or null when the message doesn't say. */
  readonly ticket: string | null;
  /** One for each worker in the message: Celery sends one. */
  readonly replies: readonly ControlReply[];
  /** Why the replies could not be read, in words, or null. */
  readonly problem: string | null;
}

/** A reply's parts: the envelope's on virtual transports, the message's on AMQP. */
interface ControlReplyParts {
  readonly headers: WireObject;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly body: Uint8Array;
}

/** Reads one element of a Redis reply list (celery-wire.md C.3). Never throws. */
export function decodeControlReply(envelopeText: string): DecodedControlReply {
  const envelope = decodeVirtualEnvelope(envelopeText);
  if (envelope === null) return { ticket: null, replies: [], problem: "the reply is not a message" };
  const { headers, properties, body } = envelope;
  return decodeControlReplyParts({ ...properties, headers, body });
}

/** Reads the parts of one reply (celery-wire.md C.3). Never throws. */
export function decodeControlReplyParts(parts: ControlReplyParts): DecodedControlReply {
  const { headers, contentType, contentEncoding } = parts;
  const ticket = textOf(headers.get("ticket"));
  const compression = headers.get("compression") ?? null;
  const payload = unpackBody(parts.body, { compression, contentType, contentEncoding });
  if (!payload.ok) return { ticket, replies: [], problem: payload.reason };
  const byWorker = objectOf(payload.value);
  if (byWorker === null) return { ticket, replies: [], problem: "the reply names no worker" };
  return { ticket, replies: Array.from(byWorker, readReply), problem: null };
}

/** `{"ok": …}`, `{"error": "…"}` or the bare value, depending on the command. */
function readReply([hostname, reply]: [string, WireValue]): ControlReply {
  const only = objectOf(reply);
  if (only?.size === 1) {
    const error = textOf(only.get("error"));
    if (error !== null) return { hostname, value: null, error };
    const value = only.get("ok");
    if (value !== undefined) return { hostname, value, error: null };
  }
  return { hostname, value: reply, error: null };
}
