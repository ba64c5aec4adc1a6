import { NumberText, type WireValue } from "@/lib/celery/wire-value";

/** A JSON value of any shape. */
export type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson };

/** The value for an answer in standard JSON: a number that JavaScript can't hold, or NaN, becomes its text. */
export function toPlainJson(value: WireValue): PlainJson {
  if (value instanceof NumberText) return toPlainNumber(value.text);
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, toPlainJson(item)]));
  }
  if (Array.isArray(value)) return value.map(toPlainJson);
  // Safe because the other members of WireValue are null, booleans and strings.
  return value as null | boolean | string;
}

function toPlainNumber(text: string): number | string {
  const number = Number(text);
  const isExact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact ? number : text;
}
