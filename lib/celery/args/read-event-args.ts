import type { WireArray, WireObject } from "../wire-value";
import type { ReadArgs } from "./read-args";
import { readReprArgs, readReprKwargs } from "./read-repr-args";

/** Reads the `args` field of an event: a saferepr text, null or empty when the message had none (celery-wire D.3). */
export function readEventArgs(text: string | null): ReadArgs<WireArray> {
  return isAbsent(text) ? NOT_SENT : readReprArgs(text);
}

/** The same for the `kwargs` field. */
export function readEventKwargs(text: string | null): ReadArgs<WireObject> {
  return isAbsent(text) ? NOT_SENT : readReprKwargs(text);
}

const NOT_SENT = {
  class: "unknown",
  value: null,
  text: null,
  reason: "the message carried no text of them",
  position: null,
} as const;

function isAbsent(text: string | null): text is null | "" {
  return text === null || text === "";
}
