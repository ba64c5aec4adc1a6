import fc from "fast-check";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";

/** Text made of what confuses readers of JSON, of reprs and of patterns. */
export function hostileText(): fc.Arbitrary<string> {
  const pieces = [
    "'",
    '"',
    "\\",
    "...",
    ", ",
    ": ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "é",
    "😀",
    "\n",
    "\0",
    "x",
    " ",
  ];
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 8 })
    .map((parts) => parts.join(""));
}

/** Numbers as Python writes them. */
function numberTexts(): fc.Arbitrary<NumberText> {
  return fc
    .oneof(
      fc.bigInt().map(String),
      fc.constantFrom(
        "1.0",
        "-0.0",
        "1e+100",
        "2.5e-07",
        "NaN",
        "Infinity",
        "-Infinity",
        "3.141592653589793",
      ),
    )
    .map((text) => new NumberText(text));
}

/** Any document, nested at most `maxDepth` deep. */
export function wireValues(maxDepth = 4): fc.Arbitrary<WireValue> {
  return fc.letrec<{ value: WireValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth, withCrossShrink: true },
      fc.oneof(fc.constant(null), fc.boolean(), hostileText(), numberTexts()),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(hostileText(), tie("value")), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    ),
  })).value;
}
