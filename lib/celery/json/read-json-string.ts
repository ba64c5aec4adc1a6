import type { TextCursor } from "../text-cursor";

/**
 * Reads the JSON string whose opening quote is at the cursor. Throws a `TextFailure` for control characters, unknown
 * escapes and a missing end.
 */
export function readJsonString(cursor: TextCursor): string {
  let value = "";
  cursor.at++;
  for (;;) {
    STOP.lastIndex = cursor.at;
    const stop = STOP.exec(cursor.text)?.index ?? cursor.text.length;
    value += cursor.text.slice(cursor.at, stop);
    cursor.at = stop;
    if (cursor.takeIf('"')) return value;
    if (cursor.atEnd) cursor.fail("a string is not closed");
    if (cursor.peek() !== "\\") cursor.fail("a control character in a string");
    value += readEscape(cursor);
  }
}

/** What ends a run of plain characters: the quote, an escape, or a control character (which Python refuses). */
const STOP = /[^ !#-[\]-\uffff]/g;
const SHORT_ESCAPE = /\\(["\\/bfnrt])/y;
const UNICODE_ESCAPE = /\\u([0-9a-fA-F]{4})/y;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function readEscape(cursor: TextCursor): string {
  const letter = cursor.match(SHORT_ESCAPE)?.[1];
  const short = letter === undefined ? undefined : SHORT_ESCAPES.get(letter);
  if (short !== undefined) return short;
  const digits = cursor.match(UNICODE_ESCAPE)?.[1];
  if (digits === undefined) return cursor.fail("an unknown or unfinished escape in a string");
  // Halves of a surrogate pair come one by one: adjacent ones join by themselves and a lone one is kept, as in Python.
  return String.fromCharCode(Number.parseInt(digits, 16));
}
