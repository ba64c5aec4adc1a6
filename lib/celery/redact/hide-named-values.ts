import { findNamedValue } from "./find-named-value";
import { findValueEnd } from "./find-value-end";
import { createNamePattern, foldCase, HIDDEN } from "./secret-names";

/**
 * Hides what follows `name:`, `'name':` or `name=` in text of no known syntax, wherever one of the names occurs in what
 * stands before the colon or equals sign. Linear in the text. A key that has more quotes, colons or equals signs beside
 * the name may be missed here, where no grammar holds; redactText finds those of whole texts by reading them.
 */
export function hideNamedValues(text: string, names: readonly string[]): string {
  const pattern = createNamePattern(names);
  if (pattern === null) return text;
  const folded = foldCase(text);
  let hidden = "";
  let shownTo = 0;
  for (let match = pattern.exec(folded); match !== null; match = pattern.exec(folded)) {
    const { start, quote, searchFrom } = findNamedValue(text, match.index, pattern.lastIndex);
    pattern.lastIndex = searchFrom;
    if (start === null) continue;
    const end = findValueEnd(text, start);
    if (end > start) {
      hidden += text.slice(shownTo, start) + mask(text, start, quote);
      shownTo = end;
    }
    pattern.lastIndex = end;
  }
  return hidden + text.slice(shownTo);
}

/** Quoted as the value is, else as its key is, so that a repr stays a repr and JSON stays JSON. */
function mask(text: string, start: number, keyQuote: string): string {
  OPENING.lastIndex = start;
  const quote = OPENING.exec(text)?.[0] ?? keyQuote;
  return `${quote}${HIDDEN}${quote}`;
}

const OPENING = /\\*['"]/y;
