import { isCalendarDate } from "../literal/iso-time";
import { isTypedValue } from "../typed-value";
import type { WireObject, WireValue } from "../wire-value";

const TIME = String.raw`\d{2}:\d{2}(?::\d{2}(?:\.\d{3}(?:\d{3})?)?)?`;
const OFFSET = String.raw`(?:[+-]\d{2}:\d{2}(?::\d{2}(?:\.\d{6})?)?)?`;
const DATE = String.raw`\d{4}-\d{2}-\d{2}`;

/** What kombu ≥ 5.3 can turn back into a Python value, by the name in `__type__` (celery-wire.md A.6). */
const READABLE: ReadonlyMap<string, (value: WireValue) => boolean> = new Map([
  ["datetime", matches(new RegExp(`^${DATE}(?:[T ]${TIME}${OFFSET})?$`), isRealDate)],
  ["date", matches(new RegExp(`^${DATE}$`), isRealDate)],
  ["time", matches(new RegExp(`^${TIME}${OFFSET}$`), isRealTime)],
  ["decimal", matches(/^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,9})?|Infinity|NaN|sNaN)$/)],
  ["uuid", isUuid],
  // Python's str.encode refuses lone surrogates.
  ["bytes", (value) => typeof value === "string" && !/\p{Surrogate}/u.test(value)],
  ["base64", matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)],
]);

/**
 * Throws a TypeError that names `field` if `object` looks like one of kombu's typed values and a worker could not
 * read it: kombu ≥ 5.3 takes any object of exactly `__type__` and `__value__` for one, and a worker that does not
 * know the type drops the whole message. Types that a user registered in his own workers cannot be told from
 * unknown ones and are refused too.
 */
export function checkTypedObject(field: string, object: WireObject): void {
  if (!isTypedValue(object)) return;
  const type = object.get("__type__");
  const isReadable = typeof type === "string" ? READABLE.get(type) : undefined;
  if (!isReadable?.(object.get("__value__") ?? null)) {
    throw new TypeError(`${field}: workers cannot read this typed value and would drop the task`);
  }
}

function matches(pattern: RegExp, isReal: (text: string) => boolean = () => true) {
  return (value: WireValue): boolean => typeof value === "string" && pattern.test(value) && isReal(value);
}

function isRealDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split("-").map(Number);
  return isCalendarDate({ year, month, day }) && (text.length === 10 || isRealTime(text.slice(11)));
}

/** Hours below 24, minutes and seconds below 60, and an offset of less than a day. */
function isRealTime(text: string): boolean {
  const sign = text.search(/[+-]/);
  const parts = sign < 0 ? [text] : [text.slice(0, sign), text.slice(sign + 1)];
  return parts.every((part) =>
    part.split(":").every((field, index) => Number(field) < (index === 0 ? 24 : 60)),
  );
}

function isUuid(value: WireValue): boolean {
  if (!(value instanceof Map) || value.size !== 1) return false;
  const hex: unknown = value.get("hex");
  return typeof hex === "string" && /^[0-9a-fA-F]{32}$/.test(hex.replaceAll("-", ""));
}
