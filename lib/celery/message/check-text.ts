const LONE_SURROGATE = /\p{Surrogate}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Throws a TypeError that names `field` unless `value` is a string of 1 to `maxLength` characters that any broker,
 * log and database of a worker can hold: no control character, no lone surrogate.
 */
export function checkText(field: string, value: unknown, maxLength: number): asserts value is string {
  if (typeof value !== "string" || value === "") {
    throw new TypeError(`${field}: must be a non-empty string`);
  }
  if (value.length > maxLength) {
    throw new TypeError(`${field}: must have at most ${maxLength} characters`);
  }
  if (CONTROL.test(value) || LONE_SURROGATE.test(value)) {
    throw new TypeError(`${field}: must hold no control character and no lone surrogate`);
  }
}

/** As `checkText`, for a text of any length that may be empty and may run over lines; only NUL is refused. */
export function checkLongText(field: string, value: unknown): asserts value is string {
  if (typeof value !== "string" || value.includes("\0") || LONE_SURROGATE.test(value)) {
    throw new TypeError(`${field}: must be a string without NUL and lone surrogates`);
  }
}
