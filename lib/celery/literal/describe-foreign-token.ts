import type { TextCursor } from "../text-cursor";

/** Says in words what the strict grammar met at the cursor instead of a value, or of a dict key: what people read. */
export function describeForeignToken(cursor: TextCursor, expected: "value" | "key"): string {
  for (const [pattern, reason] of REASONS) {
    pattern.lastIndex = cursor.at;
    if (pattern.test(cursor.text)) return reason;
  }
  if (expected === "key") return "a dict key that is neither text nor a number";
  CALL.lastIndex = cursor.at;
  const name = CALL.exec(cursor.text)?.[1];
  return name === undefined
    ? "not a literal that Celery writes"
    : `a ${name} object, which can't be rebuilt from its repr`;
}

const CALL = /([A-Za-z_][A-Za-z0-9_.]{0,99})\(/y;

/** In order: the first pattern that matches at the cursor decides. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/$/y, "the text ends early: it was cut"],
  [/(?:, )?\.\.\.|[^'"]{0,60}\.\.\.(?=,|$)/y, "the text was cut at '...'"],
  [/[,)\]}:]/y, "a value is missing"],
  [/b['"]/y, "bytes, which can't be told from their text"],
  [/(?:frozen)?set\(/y, "a set, which JSON doesn't have"],
  [/"/y, "a string in double quotes, which saferepr doesn't write"],
  [/<Recursion on /y, "a container that holds itself"],
  [/</y, "an object that has no literal form"],
  [/[([{]/y, "a container as a dict key"],
  [/\s/y, "white space that saferepr doesn't write"],
  [/Ellipsis/y, "an Ellipsis, which JSON doesn't have"],
];
