import { parseWireJson } from "../json/parse-wire-json";
import { isWireArray, isWireObject, NumberText, type WireValue } from "../wire-value";

/**
 * Reads an event's JSON as plain values, or undefined. Events carry texts and small numbers, so the engine's parser
 * will do; ours, which knows Python's `NaN` and `Infinity`, is asked only when that one gives up.
 */
export function parseEventJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A cheap look first: garbage must not cost a second reading.
    if (!/NaN|Infinity/.test(text)) return undefined;
    const document = parseWireJson(text);
    return document.ok ? toPlain(document.value) : undefined;
  }
}

function toPlain(value: WireValue): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (value === null || typeof value !== "object") return value;
  if (isWireArray(value)) return value.map(toPlain);
  // fromEntries defines properties, so that a key `__proto__` is one like any other, as with JSON.parse.
  return isWireObject(value)
    ? Object.fromEntries(Array.from(value, ([key, item]) => [key, toPlain(item)]))
    : null;
}
