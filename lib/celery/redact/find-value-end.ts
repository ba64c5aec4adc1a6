import { matchEnd, type QuoteMark, readQuoteMark } from "./quote-mark";

/**
 * Where the value that starts at `start` ends, in text that may be a repr, JSON, source code or prose,
 * cut or escaped: the end of the text when it isn't sure, for what follows might be part of it.
 */
export function findValueEnd(text: string, start: number): number {
  const quoteEnd = matchEnd(OPENING, text, start);
  if (quoteEnd !== null) return findStringEnd(text, readQuoteMark(text, quoteEnd - 1, start)) ?? text.length;
  // saferepr doesn't escape the quotes in bytes, so their end is anywhere (celery-wire F.2).
  if (matchEnd(BYTES, text, start) !== null) return text.length;
  for (const pattern of [NOTHING, ATOM, QUERY_VALUE]) {
    const end = matchEnd(pattern, text, start);
    if (end !== null) return end;
  }
  const bracketEnd = matchEnd(CALL, text, start);
  return bracketEnd === null ? text.length : findBracketEnd(text, bracketEnd - 1);
}

const OPENING = /\\*['"]/y;
const BYTES = /(?:[bB][rR]?|[rR][bB])\\*['"]/y;
/** The value was cut away. */
const NOTHING = /(?=[,)\]}]|$)/y;
const ATOM =
  /(?:[-+]?[0-9][\w.+-]*|None|True|False|null|true|false|NaN|nan|-?Infinity|-?inf)(?=[,)\]}\n]|\\*['"](?!\s*:)|$)/y;
/** In a URL or form: up to the next parameter, or the end of the string around it. */
const QUERY_VALUE = /[\w.~%+/-]+(?=&|\\*['"](?:[,)\]}]|$))/y;
const CALL = /(?:[A-Za-z_][\w.]*)?[([{]/y;
const MARK = /[()[\]{}'"]/g;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** What may stand after a string; a quote before anything else is taken for one inside it. */
const STRING_FOLLOWER = /[\s,)\]};:&|>'"\\]|$/y;

/** The end of a string; null when it isn't closed, or when another reading of its quotes would end it earlier. */
function findStringEnd(text: string, opening: QuoteMark): number | null {
  const { quote } = opening;
  let from = opening.end;
  for (;;) {
    const at = text.indexOf(quote, from);
    if (at < 0) return null;
    const { backslashes } = readQuoteMark(text, at, from);
    from = at + quote.length;
    if (matchEnd(STRING_FOLLOWER, text, from) === null) continue;
    if (isClosing(opening, backslashes)) return from;
    if (quote.startsWith("'")) return null;
  }
}

/**
 * Says whether a quote with `found` backslashes before it closes the string. Reprs of Celery escape the single quote
 * alone, so there any other number may belong to the text; the rest of the world doubles backslashes.
 */
function isClosing({ quote, backslashes }: QuoteMark, found: number): boolean {
  return quote.startsWith("'") ? found === backslashes : found % (2 * backslashes + 2) === backslashes;
}

/** The end of the bracket that opens at `start`, strings inside it skipped. */
function findBracketEnd(text: string, start: number): number {
  const closers: string[] = [];
  let at = start;
  for (;;) {
    MARK.lastIndex = at;
    const match = MARK.exec(text);
    if (match === null) return text.length;
    const [mark] = match;
    const closer = CLOSERS.get(mark);
    if (mark === "'" || mark === '"') {
      const end = findStringEnd(text, readQuoteMark(text, match.index, at));
      if (end === null || isBytes(text, match.index)) return text.length;
      at = end;
      continue;
    }
    at = match.index + 1;
    if (closer !== undefined) closers.push(closer);
    else if (closers.pop() !== mark) return text.length;
    else if (closers.length === 0) return at;
  }
}

/** Says whether the string whose quote is at `quoteAt` has the prefix of bytes. */
function isBytes(text: string, quoteAt: number): boolean {
  return /(?<!\w)(?:b|br|rb)\\*$/i.test(text.slice(Math.max(0, quoteAt - 8), quoteAt));
}
