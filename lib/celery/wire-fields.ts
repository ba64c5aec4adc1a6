import {
  isWireArray,
  isWireObject,
  NumberText,
  type WireArray,
  type WireObject,
  type WireValue,
} from "./wire-value";

// Each reads a value from outside as one type, and anything else, a missing one too, as null.

/** The text, or null. */
export function textOf(value: WireValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** The finite number, with a double's precision, or null. */
export function numberOf(value: WireValue | undefined): number | null {
  const number = value instanceof NumberText ? Number(value.text) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** The whole number if a double holds it exactly, or null. */
export function integerOf(value: WireValue | undefined): number | null {
  const number = numberOf(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** The boolean, or null. */
export function booleanOf(value: WireValue | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** The array, or null. */
export function arrayOf(value: WireValue | undefined): WireArray | null {
  return value !== undefined && isWireArray(value) ? value : null;
}

/** The object, or null. */
export function objectOf(value: WireValue | undefined): WireObject | null {
  return value !== undefined && isWireObject(value) ? value : null;
}
