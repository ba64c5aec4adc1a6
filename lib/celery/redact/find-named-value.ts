import { matchEnd, readQuoteMark } from "./quote-mark";

/** What stands after a secret's name. */
export interface NamedValue {
  /** Where its value starts; null when the name is no key. */
  readonly start: number | null;
  /** The key's quote with the backslashes before it; `'` for a key without quotes. */
  readonly quote: string;
  /** Names before this place have the same answer. */
  readonly searchFrom: number;
}

/** Finds the value of the key that has a secret's name in it; the name stands from `nameStart` to `nameEnd`. */
export function findNamedValue(text: string, nameStart: number, nameEnd: number): NamedValue {
  const wordEnd = matchEnd(WORD_REST, text, nameEnd) ?? nameEnd;
  const start = matchEnd(SEPARATOR, text, wordEnd);
  // A colon may be part of a key in quotes: then its closing quote and another colon follow.
  if (start !== null && matchEnd(KEY_END, text, start) === null)
    return { start, quote: "'", searchFrom: start };
  return findQuotedKey(text, nameStart, wordEnd);
}

const WORD_REST = /[\p{L}\p{N}_.-]*/uy;
/** The bracket is the one of `environ["TOKEN"] = …`. */
const SEPARATOR = /\]?[ \t]*[:=]+>?\s*/y;
const KEY_END = /\\*['"]\]?[ \t]*[:=]/y;
/** Before these a string has ended and was no key. */
const STRING_FOLLOWER = /\s*(?:[,)\]}\n]|$)/y;
const QUOTE = /['"]/g;
/** A key with more quotes in it is not followed to its end: all after the name is hidden. */
const MAX_KEY_QUOTES = 16;
/** A longer key is not looked for: what keeps the search linear. */
const MAX_KEY_LENGTH = 1024;

/** For a key with more than a word in it, up to its closing quote. */
function findQuotedKey(text: string, nameStart: number, wordEnd: number): NamedValue {
  const none = { start: null, quote: "'", searchFrom: wordEnd };
  const opening = findQuoteBefore(text, nameStart);
  let count = 0;
  for (const { index } of text.slice(wordEnd, wordEnd + MAX_KEY_LENGTH).matchAll(QUOTE)) {
    const at = wordEnd + index;
    const { quote, backslashes } = readQuoteMark(text, at, wordEnd);
    const start = matchEnd(SEPARATOR, text, at + 1);
    if (start !== null) return { start, quote: text.slice(at - backslashes, at + 1), searchFrom: start };
    // What may be inside the key: saferepr's \' before a comma, and a quote of the other kind.
    const inside =
      (quote.startsWith("'") && backslashes > 0) || (opening !== null && !quote.startsWith(opening));
    if (!inside && matchEnd(STRING_FOLLOWER, text, at + 1) !== null) return none;
    if (++count >= MAX_KEY_QUOTES) return { start: wordEnd, quote: "'", searchFrom: wordEnd };
  }
  return none;
}

/** The kind of the last quote before the name: the one that opened the key, if the key has quotes. */
function findQuoteBefore(text: string, nameStart: number): string | null {
  const before = text.slice(Math.max(0, nameStart - MAX_KEY_LENGTH), nameStart);
  const at = Math.max(before.lastIndexOf("'"), before.lastIndexOf('"'));
  return before[at] ?? null;
}
