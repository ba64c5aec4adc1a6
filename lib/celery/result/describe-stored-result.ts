import { decodeBase64 } from "../args/decode-base64";
import type { StoredEncoding } from "../args/decode-stored-column";
import { parseWireJson } from "../json/parse-wire-json";
import { convertPickle } from "../pickle/convert-pickle";
import { PickleObject } from "../pickle/pickle-value";
import { readPickle } from "../pickle/read-pickle";
import { isWireArray, isWireObject, type WireObject, type WireValue } from "../wire-value";
import { formatExceptionMessage } from "./format-exception-message";

/** An exception as it was stored, in the parts that people read. */
export interface StoredException {
  /** The class, qualified within its module. */
  readonly type: string;
  readonly module: string | null;
  /** What `str()` of the exception gave, as far as its args tell; may be empty. */
  readonly message: string;
}

/**
 * The exception in the `result` column of a row whose state says that there is one (FAILURE, RETRY, REVOKED), from
 * JSON or a pickle (celery-wire E.5); null when the column holds none. Never throws.
 */
export function describeStoredResult(
  result: string | null,
  encoding: StoredEncoding,
): StoredException | null {
  if (result === null) return null;
  if (encoding.contentType === PICKLE_TYPE) return describePickle(result);
  const json = parseWireJson(result);
  return json.ok && isWireObject(json.value) ? describeObject(json.value) : null;
}

const PICKLE_TYPE = "application/x-python-serialize";
/** Celery's stand-in for an exception that can't be pickled: args are module, class, args, text. */
const WRAPPER = "UnpickleableExceptionWrapper";

function describeObject(object: WireObject): StoredException | null {
  const type = object.get("exc_type");
  const module = object.get("exc_module") ?? null;
  const message = object.get("exc_message") ?? null;
  if (typeof type !== "string") return null;
  // Celery 4.0 and 4.1 stored the text instead of the args.
  const args = isWireArray(message) ? message : message === null ? [] : [message];
  return describe(type, typeof module === "string" ? module : null, args);
}

function describePickle(result: string): StoredException | null {
  const bytes = decodeBase64(result);
  const pickle = bytes === null ? null : readPickle(bytes);
  if (!pickle?.ok) return null;
  if (!(pickle.value instanceof PickleObject)) {
    const converted = convertPickle(pickle.value);
    return converted.ok && isWireObject(converted.value.value) ? describeObject(converted.value.value) : null;
  }
  const dot = pickle.value.name.lastIndexOf(".");
  // Each arg by itself: one that JSON doesn't have must not hide the others.
  const args = pickle.value.args.map((arg) => {
    const converted = convertPickle(arg);
    return converted.ok ? converted.value.value : "…";
  });
  return describe(pickle.value.name.slice(dot + 1), pickle.value.name.slice(0, Math.max(dot, 0)), args);
}

function describe(type: string, module: string | null, args: readonly WireValue[]): StoredException {
  const [wrappedModule, wrappedType, , text] = args;
  if (type === WRAPPER && typeof wrappedModule === "string" && typeof wrappedType === "string") {
    return { type: wrappedType, module: wrappedModule, message: typeof text === "string" ? text : "" };
  }
  return { type, module, message: formatExceptionMessage(type, module, args) };
}
