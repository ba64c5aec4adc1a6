import { NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { checkTypedObject } from "./check-typed-object";

/**
 * A prefork worker pickles a task's arguments for its pool in the main process, which dies of a RecursionError, puts the
 * message back and so kills the next worker too. Seen at 500 levels, not at 400 (5.2.6 to 5.7.0, Python 3.11); the rest
 * is for the frames of instrumented workers.
 */
const MAX_DEPTH = 200;
/** Python ≥ 3.10.7 refuses to read a longer integer (`sys.set_int_max_str_digits`). */
const MAX_DIGITS = 4300;
const NUMBER = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|NaN|-?Infinity)$/;

/**
 * Throws a TypeError that names the place, such as `kwargs.items[3]`, unless a worker's `json.loads` with kombu's
 * hooks can read `value`: an unreadable body is acknowledged and lost without a trace (celery-wire.md A.9).
 * `depth` is the number of arrays and objects around it, itself included.
 */
export function checkWireValue(field: string, value: unknown, depth = 1): asserts value is WireValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return;
  if (depth > MAX_DEPTH) throw new TypeError(`${field}: is nested deeper than ${MAX_DEPTH} levels`);
  if (value instanceof NumberText) checkNumber(field, value.text);
  else if (Array.isArray(value)) checkItems(field, value, depth);
  else if (value instanceof Map) checkEntries(field, value, depth);
  else throw new TypeError(`${field}: must be a JSON value read without loss, got ${typeof value}`);
}

function checkNumber(field: string, text: unknown): void {
  if (typeof text !== "string" || text.length > MAX_DIGITS || !NUMBER.test(text)) {
    throw new TypeError(`${field}: must be a JSON number of at most ${MAX_DIGITS} characters`);
  }
}

function checkItems(field: string, items: WireArray, depth: number): void {
  // A counted loop: `forEach` would pass over the holes of a sparse array.
  for (let i = 0; i < items.length; i++) checkWireValue(`${field}[${i}]`, items[i], depth + 1);
}

function checkEntries(field: string, entries: WireObject, depth: number): void {
  for (const [key, value] of entries) {
    if (typeof key !== "string") throw new TypeError(`${field}: must have text keys only`);
    checkWireValue(`${field}.${key}`, value, depth + 1);
  }
  checkTypedObject(field, entries);
}
