const WIDTH = 80;
const INDENT = "  ";
const DEEPEST_INDENT = 24;

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Breaks the text of a Python or JSON literal into indented lines. Only white space between tokens is added or
 * dropped: every number, string and name stays as it was written. Text that is cut or no literal comes out readable
 * all the same. Linear in the length of the text.
 */
export function indentLiteral(text: string): string {
  const ends = matchBrackets(text);
  const out: string[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "'" || char === '"') {
      const end = skipString(text, at);
      out.push(text.slice(at, end));
      at = end;
    } else if (char in CLOSING) {
      const end = ends.get(at);
      if (end !== undefined && end - at < WIDTH) {
        out.push(text.slice(at, end + 1));
        at = end + 1;
      } else {
        open.push(CLOSING[char] ?? "");
        out.push(char, lineBreak(open.length));
        at = skipSpace(text, at + 1);
      }
    } else if (char === open.at(-1)) {
      open.pop();
      out.push(lineBreak(open.length), char);
      at++;
    } else if (char === "," && open.length > 0) {
      const next = skipSpace(text, at + 1);
      // A one-tuple's comma closes the line with its bracket: `(1,)`.
      out.push(text[next] === open.at(-1) ? "," : `,${lineBreak(open.length)}`);
      at = next;
    } else {
      out.push(char);
      at++;
    }
  }
  return out.join("");
}

function lineBreak(depth: number): string {
  return `\n${INDENT.repeat(Math.min(depth, DEEPEST_INDENT))}`;
}

/** Index of the closing bracket of each opening one that has one. */
function matchBrackets(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "'" || char === '"') at = skipString(text, at) - 1;
    else if (char in CLOSING) open.push(at);
    else if (char === ")" || char === "]" || char === "}") {
      const start = open.at(-1);
      if (start === undefined || CLOSING[text[start] ?? ""] !== char) continue;
      open.pop();
      ends.set(start, at);
    }
  }
  return ends;
}

/** Index after the string that starts at `at`, or the end of the text when it is cut. */
export function skipString(text: string, at: number): number {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === "\\") next++;
    else if (text[next] === quote) return next + 1;
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && /\s/.test(text[next] ?? "")) next++;
  return next;
}
