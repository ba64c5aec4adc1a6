/** A quote in text that may be escaped within an outer string. */
export interface QuoteMark {
  /** `'`, `"`, or either three times. */
  readonly quote: string;
  /** The backslashes right before it. */
  readonly backslashes: number;
  /** The first place after it. */
  readonly end: number;
}

/** The quote at `at`, which must be one; backslashes count from `from` on. */
export function readQuoteMark(text: string, at: number, from: number): QuoteMark {
  let first = at;
  while (first > from && text[first - 1] === "\\") first--;
  const single = text[at] ?? "";
  const quote = text.startsWith(single.repeat(3), at) ? single.repeat(3) : single;
  return { quote, backslashes: at - first, end: at + quote.length };
}

/** The end of the match of a sticky pattern at `at`, or null. */
export function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
