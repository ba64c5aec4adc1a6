import { isWireArray, isWireObject, type WireObject, type WireValue } from "./wire-value";

/** Types that kombu ≥ 5.3 rebuilds from JSON (celery-wire A.6); older kombu sees the plain object. */
export type TypedName = "datetime" | "date" | "time" | "decimal" | "uuid" | "bytes" | "base64";

/** kombu's JSON form of a value that plain JSON doesn't have, as kombu ≥ 5.3 writes it. */
export function createTypedValue(name: TypedName, value: WireValue): WireObject {
  return new Map([
    ["__type__", name],
    ["__value__", value],
  ]);
}

/** Says whether a worker with kombu ≥ 5.3 would take this object for a typed value: it has exactly the two keys. */
export function isTypedValue(value: WireValue): boolean {
  return isWireObject(value) && value.size === 2 && value.has("__type__") && value.has("__value__");
}

/** Whether a typed value is anywhere within it. */
export function holdsTypedValue(value: WireValue): boolean {
  if (value === null || typeof value !== "object") return false;
  if (isWireArray(value)) return value.some(holdsTypedValue);
  if (!isWireObject(value)) return false;
  return isTypedValue(value) || [...value.values()].some(holdsTypedValue);
}
