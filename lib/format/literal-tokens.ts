import { skipString } from "./indent-literal";

export interface LiteralToken {
  kind: "string" | "number" | "keyword" | "plain";
  text: string;
}

const WORD = /[\p{L}\p{N}_.+-]/u;
const NUMBER = /^[+-]?(\d[\d_]*(\.\d*)?|\.\d+)([eE][+-]?\d+)?j?$/;
const KEYWORDS = new Set([
  "None",
  "True",
  "False",
  "null",
  "true",
  "false",
  "NaN",
  "Infinity",
  "-Infinity",
  "nan",
  "inf",
]);

/** Cuts the text of a Python or JSON literal into tokens for colouring; together they are the text again. */
export function tokenizeLiteral(text: string): LiteralToken[] {
  const tokens: LiteralToken[] = [];
  let at = 0;
  while (at < text.length) {
    const token = readToken(text, at);
    const last = tokens.at(-1);
    if (token.kind === "plain" && last?.kind === "plain") last.text += token.text;
    else tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function readToken(text: string, at: number): LiteralToken {
  const char = text[at] ?? "";
  if (char === "'" || char === '"') return { kind: "string", text: text.slice(at, skipString(text, at)) };
  if (!WORD.test(char)) return { kind: "plain", text: char };
  let end = at + 1;
  while (end < text.length && WORD.test(text[end] ?? "")) end++;
  const word = text.slice(at, end);
  return { kind: NUMBER.test(word) ? "number" : KEYWORDS.has(word) ? "keyword" : "plain", text: word };
}
