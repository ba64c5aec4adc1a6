import { isTypedValue } from "../typed-value";
import {
  isWireArray,
  isWireObject,
  NumberText,
  type WireArray,
  type WireObject,
  type WireValue,
} from "../wire-value";
import { CUT_MARK, canFollowString } from "./read-literal-string";
import { MAX_INTEGER_DIGITS } from "./read-python-literal";

/** NUL and lone surrogates (check-text.ts). */
const UNFIT_FOR_HEADERS = /\0|\p{Surrogate}/u;

/** saferepr's own depth (celery-wire F.1): the args or kwargs are level 1. A reader of its texts expects no more. */
const MAX_REPR_LEVELS = 3;

/**
 * The `argsrepr` header for these args: a tuple's text in saferepr's manner, never cut. Null when no text would read
 * back as exactly these values (an ambiguous quote, a string that ends in `...`, typed values, too deep): a message
 * without the header makes django-celery-results store real JSON (celery-wire E.3).
 */
export function writeArgsRepr(args: WireArray): string | null {
  return writeSequence(args, "(", args.length === 1 ? ",)" : ")", 1);
}

/** The `kwargsrepr` header for these kwargs, on the same terms. */
export function writeKwargsRepr(kwargs: WireObject): string | null {
  return writeDict(kwargs, 1);
}

function writeValue(value: WireValue, level: number): string | null {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return writeString(value);
  if (value instanceof NumberText) return writeNumber(value);
  if (level > MAX_REPR_LEVELS || isTypedValue(value)) return null;
  if (isWireObject(value)) return writeDict(value, level);
  // Not a tuple's text: as JSON the value reaches the task as a list.
  return isWireArray(value) ? writeSequence(value, "[", "]", level) : null;
}

function writeSequence(items: WireArray, open: string, close: string, level: number): string | null {
  const texts: string[] = [];
  for (const item of items) {
    const text = writeValue(item, level + 1);
    if (text === null) return null;
    texts.push(text);
  }
  return `${open}${texts.join(", ")}${close}`;
}

function writeDict(entries: WireObject, level: number): string | null {
  if (isTypedValue(entries)) return null;
  const texts: string[] = [];
  for (const [key, item] of entries) {
    const keyText = writeString(key);
    const text = writeValue(item, level + 1);
    if (keyText === null || text === null) return null;
    texts.push(`${keyText}: ${text}`);
  }
  return `{${texts.join(", ")}}`;
}

/**
 * Null where our reader would see two meanings or a cut: the rules of readLiteralString, from the other side; and for
 * what no header may hold. In the body JSON escapes it.
 */
function writeString(value: string): string | null {
  if (UNFIT_FOR_HEADERS.test(value)) return null;
  if (value.endsWith(CUT_MARK) || value.endsWith("\\")) return null;
  for (let quote = value.indexOf("'"); quote >= 0; quote = value.indexOf("'", quote + 1)) {
    // Within a string its end is not the end of the text: the closing quote follows, which may follow no string.
    if (quote + 1 < value.length && canFollowString(value[quote + 1])) return null;
  }
  return `'${value.replaceAll("'", "\\'")}'`;
}

/** Python's spelling. An upper-case exponent is JSON but no repr, and re-spelling it is not ours to do. */
function writeNumber({ text }: NumberText): string | null {
  const constant = PYTHON_CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  return text.includes("E") || text.length > MAX_INTEGER_DIGITS ? null : text;
}

const PYTHON_CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["NaN", "nan"],
  ["Infinity", "inf"],
  ["-Infinity", "-inf"],
]);
