/**
 * Replaces every quoted text (in `'`, `"` or a backtick, with a prefix such as `b`) by `placeholder`. An apostrophe
 * within a word is no quote. `isCut`: the text goes on where it was cut, so a quote that isn't closed reaches to its
 * end. Linear in the text.
 */
export function hideQuotedText(text: string, placeholder: string, isCut: boolean): string {
  /** Quotes that nothing closes from here to the end: they are not looked for again. */
  const unclosed = new Set<string>();
  let shown = "";
  let shownTo = 0;
  for (let opening = findOpening(text, 0); opening !== null; ) {
    const { start, quoteAt, quote } = opening;
    const end = unclosed.has(quote) ? null : findEnd(text, quoteAt + 1, quote);
    if (end === null) unclosed.add(quote);
    if (end === null && !isCut) {
      opening = findOpening(text, quoteAt + 1);
      continue;
    }
    shown += text.slice(shownTo, start) + placeholder;
    shownTo = end ?? text.length;
    opening = findOpening(text, shownTo);
  }
  return shown + text.slice(shownTo);
}

/** What a quote may not stand beside on its outer side: there it is an apostrophe. */
const OPENING = /(?<![\p{L}\p{N}_])(?:[bBrRuUfF]{1,2}(?=['"]))?['"`]/gu;
const WORD_START = /[\p{L}\p{N}_]/uy;

interface Opening {
  /** Where its prefix starts, or the quote itself. */
  readonly start: number;
  readonly quoteAt: number;
  readonly quote: string;
}

function findOpening(text: string, from: number): Opening | null {
  OPENING.lastIndex = from;
  const match = OPENING.exec(text);
  if (match === null) return null;
  const quoteAt = OPENING.lastIndex - 1;
  return { start: match.index, quoteAt, quote: text[quoteAt] ?? "" };
}

/** After the quote that closes, which no word follows; null when there is none. */
function findEnd(text: string, from: number, quote: string): number | null {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") {
      at++;
    } else if (text[at] === quote) {
      WORD_START.lastIndex = at + 1;
      if (!WORD_START.test(text)) return at + 1;
    }
  }
  return null;
}
