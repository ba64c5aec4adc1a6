import fc from "fast-check";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import {
  isWireArray,
  NumberText,
  type WireArray,
  type WireObject,
  type WireValue,
} from "@/lib/celery/wire-value";
import type { TestCall } from "@/tests/support/create-test-project";
import { wireValues } from "@/tests/unit/lib/celery/wire-values";

/** What saferepr cuts at is 1,024 characters; both texts of a call count. */
const SURELY_SHORT = 900;
const REPR_LEVELS = 3;
/** What one text of saferepr can't tell from a cut, or from the end of the string (celery-wire F.4, F.5). */
const AMBIGUOUS = /\.\.\.$|\\$|'(?=[,)\]}:]|$)/;

/** What a task is called with. */
export interface RandomCall {
  readonly args: WireArray;
  readonly kwargs: WireObject;
  /** Whether Celery stores the values themselves rather than their printed text. */
  readonly withoutText: boolean;
}

/** Calls with values of all of JSON's types, half of them stored as a text that Celery may have to cut. */
export function randomCalls(): fc.Arbitrary<RandomCall> {
  const value = fc.oneof(wireValues(1), wireValues(2), wireValues(6), numbers(), texts(), deep());
  return fc.record({
    args: fc.array(value, { maxLength: 3 }),
    kwargs: fc.array(fc.tuple(texts(), value), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    withoutText: fc.boolean(),
  });
}

/** The call as Python source. */
export function toTestCall(task: string, { args, kwargs, withoutText }: RandomCall): TestCall {
  return { task, args: `tuple(${toSource(args)})`, kwargs: toSource(kwargs), withoutText };
}

/** Whether Celery surely stores the call in a form that has one meaning: then it has to be sent again. */
export function isStoredWhole({ args, kwargs, withoutText }: RandomCall): boolean {
  if (withoutText) return true;
  return [args, kwargs].every((value) => {
    return writeWireJson(value).length < SURELY_SHORT && isPrintedWhole(value, 1);
  });
}

function isPrintedWhole(value: WireValue, level: number): boolean {
  if (typeof value === "string") return !AMBIGUOUS.test(value);
  if (value === null || typeof value !== "object" || value instanceof NumberText) return true;
  if (level > REPR_LEVELS) return false;
  const items = isWireArray(value) ? value : [...(value as WireObject)].flat();
  return items.every((item) => isPrintedWhole(item, level + 1));
}

function toSource(value: WireValue): string {
  // A JSON string is a Python one as well.
  return `__import__('json').loads(${JSON.stringify(writeWireJson(value))})`;
}

function texts(): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), quotedTexts());
}

function quotedTexts(): fc.Arbitrary<string> {
  const pieces = [
    "'",
    '"',
    "\\",
    "\\'",
    "\n",
    "\r\n",
    "\t",
    "...",
    ",",
    ": ",
    "}",
    "\u2028",
    "\0",
    "\ud800",
    "\u202e",
    "😀",
    "{'a': 1}",
  ];
  return fc.array(fc.constantFrom(...pieces, "x", " "), { maxLength: 12 }).map((parts) => parts.join(""));
}

function numbers(): fc.Arbitrary<NumberText> {
  const extremes = [
    "0",
    "-0.0",
    "1.0",
    "1e+300",
    "5e-324",
    "1.7976931348623157e+308",
    "1e-05",
    "1e16",
    "123456789.125",
  ];
  return fc
    .oneof(
      fc.constantFrom(...extremes, "NaN", "Infinity", "-Infinity", "9".repeat(400)),
      fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => String(double)),
    )
    .map((text) => new NumberText(text));
}

/** Lists and dicts within each other, down to 40 levels. */
function deep(): fc.Arbitrary<WireValue> {
  return fc
    .tuple(wireValues(1), fc.array(fc.boolean(), { maxLength: 40 }))
    .map(([value, levels]) =>
      levels.reduce<WireValue>((inner, isList) => (isList ? [inner, []] : new Map([["in", inner]])), value),
    );
}
