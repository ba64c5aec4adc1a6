import type { TextCursor } from "../text-cursor";

/**
 * Reads the saferepr string whose opening quote is at the cursor. Celery ≥ 4.2 escapes quotes and nothing else, not even
 * backslashes (celery-wire F.2, F.5; 4.0 and 4.1 escaped nothing, which no reader can see), so that `\'` before what may follow a string has two readings and fails, and so
 * does a string that ends in `...`, because a cut one does (F.4).
 */
export function readLiteralString(cursor: TextCursor): string {
  const start = cursor.at;
  const { text } = cursor;
  let value = "";
  cursor.at++;
  for (;;) {
    const quote = text.indexOf("'", cursor.at);
    if (quote < 0) cursor.fail("a string is not closed: the text was cut", start);
    const escaped = quote > cursor.at && text[quote - 1] === "\\";
    value += text.slice(cursor.at, escaped ? quote - 1 : quote);
    cursor.at = quote + 1;
    if (!escaped) break;
    if (canFollowString(text[cursor.at])) {
      cursor.fail("a quote after a backslash: escaped, or the end of the string?", quote);
    }
    value += "'";
  }
  if (value.endsWith(CUT_MARK)) cursor.fail("a string that ends in '...': Celery may have cut it", start);
  return value;
}

/** Says whether a character (undefined: the end of the text) may come right after a string. */
export function canFollowString(character: string | undefined): boolean {
  return character === undefined || ",)]}:".includes(character);
}

/** What saferepr puts at the end of whatever it cuts. */
export const CUT_MARK = "...";
