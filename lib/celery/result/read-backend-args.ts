import { lossyArgs, type ReadArgs } from "../args/read-args";
import { writeWireJson } from "../json/write-wire-json";
import { hasNeverRun } from "../never-ran";
import { isWireArray, isWireObject, type WireArray, type WireObject, type WireValue } from "../wire-value";
import type { SerializedValue } from "./decode-serialized";

/** The parts of a result backend's entry that say how its task was called; null is "not stored". */
interface BackendCall {
  readonly status: string | null;
  readonly worker: string | null;
  readonly args: SerializedValue | null;
  readonly kwargs: SerializedValue | null;
}

/**
 * Reads the args and kwargs that a result backend stored, which are the real ones (celery-wire.md G.1, G.2). Not those
 * of a task that never ran.
 */
export function readBackendArgs(call: BackendCall): {
  readonly args: ReadArgs<WireArray>;
  readonly kwargs: ReadArgs<WireObject>;
} {
  const { status: state, worker } = call;
  if (hasNeverRun({ state, worker, args: call.args })) return { args: NEVER_RAN, kwargs: NEVER_RAN };
  return {
    args: readPart(call.args, (value) => (isWireArray(value) ? value : null)),
    kwargs: readPart(call.kwargs, (value) => (isWireObject(value) ? value : null)),
  };
}

function readPart<V extends WireArray | WireObject>(
  part: SerializedValue | null,
  narrow: (value: WireValue) => V | null,
): ReadArgs<V> {
  if (part === null || (part.ok && part.value === null)) return NOT_STORED;
  if (!part.ok) return { ...NOT_STORED, reason: part.reason };
  const value = narrow(part.value);
  const text = writeWireJson(part.value);
  if (value === null) return lossyArgs(text, "the stored value is of another kind", null);
  return { class: part.class, value, text, reason: null, position: null };
}

const NOT_STORED = {
  class: "unknown",
  value: null,
  text: null,
  reason: "not stored: result_extended is off",
  position: null,
} as const;
const NEVER_RAN = { ...NOT_STORED, reason: "it never ran, so that its args were never complete" } as const;
