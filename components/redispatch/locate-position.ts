const BEFORE_CHARS = 40;
const AFTER_CHARS = 24;

/** A place in a text as a person finds it. */
export interface TextPlace {
  /** Both from 1. */
  line: number;
  column: number;
  /** What stands before it and from it on, within its line. */
  before: string;
  after: string;
}

/** Where a position (in UTF-16 units) is. */
export function locatePosition(text: string, position: number): TextPlace {
  const lineStart = text.lastIndexOf("\n", position - 1) + 1;
  const found = text.indexOf("\n", position);
  const lineEnd = found < 0 ? text.length : found;
  const from = Math.max(lineStart, position - BEFORE_CHARS);
  const to = Math.min(lineEnd, position + AFTER_CHARS);
  return {
    line: text.slice(0, lineStart).split("\n").length,
    column: position - lineStart + 1,
    before: `${from > lineStart ? "…" : ""}${text.slice(from, position)}`,
    after: `${text.slice(position, to)}${to < lineEnd ? "…" : ""}`,
  };
}
