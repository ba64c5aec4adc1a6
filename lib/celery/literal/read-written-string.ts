import type { TextCursor } from "../text-cursor";

/**
 * Reads the string whose opening quote, single or double, is at the cursor, with the escapes of JSON and of Python.
 * Throws a `TextFailure` for an escape that neither has, a line break and a missing end.
 */
export function readWrittenString(cursor: TextCursor): string {
  const start = cursor.at;
  const quote = cursor.peek() ?? "";
  const stop = quote === "'" ? STOP_AT_SINGLE : STOP_AT_DOUBLE;
  let value = "";
  cursor.at++;
  for (;;) {
    value += cursor.match(stop)?.[0] ?? "";
    if (cursor.takeIf(quote)) return value;
    if (cursor.atEnd) cursor.fail("a string is not closed", start);
    if (cursor.peek() !== "\\") cursor.fail("a line break or control character in a string: write \\n");
    value += readEscape(cursor);
  }
}

/** A run of plain characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not stand in a string
const STOP_AT_SINGLE = /[^'\\\u0000-\u001f]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const STOP_AT_DOUBLE = /[^"\\\u0000-\u001f]*/y;
const SHORT_ESCAPE = /\\(["'\\/bfnrtav]|0(?![0-7]))/y;
const CODE_ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["a", "\u0007"],
  ["v", "\v"],
  ["0", "\0"],
]);
const MAX_CODE_POINT = 0x10_ffff;

function readEscape(cursor: TextCursor): string {
  const start = cursor.at;
  const letter = cursor.match(SHORT_ESCAPE)?.[1];
  if (letter !== undefined) return SHORT_ESCAPES.get(letter) ?? letter;
  const digits = cursor.match(CODE_ESCAPE)?.slice(1).find(Boolean);
  const code = digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
  if (!(code <= MAX_CODE_POINT)) return cursor.fail("an unknown or unfinished escape in a string", start);
  // Halves of a surrogate pair that come one by one join by themselves.
  return String.fromCodePoint(code);
}
