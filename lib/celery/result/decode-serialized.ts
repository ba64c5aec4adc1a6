import type { ArgsClass } from "../args-class";
import { parseWireJson } from "../json/parse-wire-json";
import { convertPickle } from "../pickle/convert-pickle";
import type { PickleValue } from "../pickle/pickle-value";
import { readPickle } from "../pickle/read-pickle";
import type { WireValue } from "../wire-value";

/** What bytes in the encoding of Celery's `result_serializer` hold. */
export type SerializedValue =
  | {
      readonly ok: true;
      readonly value: WireValue;
      readonly class: Extract<ArgsClass, "exact" | "safe" | "typed">;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Decodes a value that a result backend stored: JSON, or a pickle, which is read as data (nothing in it is run).
 * YAML and msgpack are not read. Never throws.
 */
export function decodeSerialized(bytes: Uint8Array): SerializedValue {
  if (bytes[0] === PICKLE_PROTOCOL) {
    const pickle = readPickle(bytes);
    return pickle.ok ? fromPickle(pickle.value) : failed(pickle.reason);
  }
  const text = decodeUtf8(bytes);
  // kombu's JSON never ends in a line break and its YAML always does; `1e5` is a number in one and a text in the other.
  if (text === null || text.endsWith("\n")) return failed("neither JSON nor a pickle");
  const json = parseWireJson(text);
  return json.ok ? { ok: true, value: json.value, class: "exact" } : failed(json.reason);
}

/** A value within a pickle, by itself: one that JSON doesn't have must not hide the others. */
export function fromPickle(pickle: PickleValue): SerializedValue {
  const converted = convertPickle(pickle);
  return converted.ok ? { ok: true, ...converted.value } : failed(converted.reason);
}

/** The first byte of a pickle of protocol 2 and later; no JSON begins with it. */
export const PICKLE_PROTOCOL = 0x80;

function failed(reason: string): SerializedValue {
  return { ok: false, reason };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
