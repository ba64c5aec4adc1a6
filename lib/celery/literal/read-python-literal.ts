import { TextCursor } from "../text-cursor";
import { attemptRead, type ReadResult } from "../text-failure";
import { isTypedValue } from "../typed-value";
import { NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { describeForeignToken } from "./describe-foreign-token";
import { readLiteralString } from "./read-literal-string";
import { readTypedLiteral } from "./read-typed-literal";

/** saferepr prints 3 levels; `str()` of django-celery-results 1.0 prints all. */
export const MAX_LITERAL_DEPTH = 64;
/** Longer texts exist only where somebody raised Celery's `argsrepr_maxsize` beyond reason. */
const MAX_LITERAL_LENGTH = 16 * 1024 * 1024;
/** Python refuses to read an integer of more digits (`sys.get_int_max_str_digits`): the worker would drop the message. */
export const MAX_INTEGER_DIGITS = 4300;

export interface PythonLiteral {
  /** What Python's JSON encoder makes of the value: tuples are arrays, dict keys are strings. */
  readonly value: WireValue;
  readonly root: "tuple" | "list" | "dict" | "scalar";
  /** Whether it holds a Decimal, UUID, date or time: these are there as kombu's typed objects. */
  readonly typed: boolean;
}

/** Where the value of a dict key stands in the text, end exclusive. */
export interface LiteralEntry {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads text that Celery's saferepr wrote, by the strict grammar of celery-wire F.6: what it accepts has exactly one
 * meaning, everything else fails with a reason in words. Linear time; never throws. `onEntry` hears of every dict
 * entry, inner ones first, also of those before a failure.
 */
export function readPythonLiteral(
  text: string,
  onEntry: (entry: LiteralEntry) => void = () => {},
): ReadResult<PythonLiteral> {
  return attemptRead(() => new LiteralReader(text, onEntry).readRoot());
}

const WRONG_FOLLOWER = "text that can't follow a value here";
const CONSTANTS: ReadonlyMap<string, Atom> = new Map<string, Atom>([
  ["None", null],
  ["True", true],
  ["False", false],
  ["inf", new NumberText("Infinity")],
  ["-inf", new NumberText("-Infinity")],
  ["nan", new NumberText("NaN")],
]);
/** The look-ahead is the rule that nothing but a closing bracket, a comma or a colon may follow an atom. */
const CONSTANT = /(?:None|True|False|-?inf|nan)(?=[,)\]}:]|$)/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?(e[+-]?[0-9]+)?(?=[,)\]}:]|$)/y;

type Atom = null | boolean | NumberText;

class LiteralReader {
  readonly #cursor: TextCursor;
  readonly #onEntry: (entry: LiteralEntry) => void;
  #depth = 0;
  #typed = false;

  constructor(text: string, onEntry: (entry: LiteralEntry) => void) {
    this.#cursor = new TextCursor(text);
    this.#onEntry = onEntry;
  }

  readRoot(): PythonLiteral {
    const { text } = this.#cursor;
    if (text.length > MAX_LITERAL_LENGTH)
      this.#cursor.fail("the text is too long to read", MAX_LITERAL_LENGTH);
    const root = ROOTS.get(text[0] ?? "") ?? "scalar";
    const value = this.#readValue();
    if (!this.#cursor.atEnd) this.#cursor.fail(WRONG_FOLLOWER);
    return { value, root, typed: this.#typed };
  }

  #readValue(): WireValue {
    switch (this.#cursor.peek()) {
      case "(":
        return this.#nest(() => this.#readTuple());
      case "[":
        return this.#nest(() => this.#readList());
      case "{":
        return this.#nest(() => this.#readDict());
      default:
        return this.#readScalar();
    }
  }

  #readScalar(): WireValue {
    const plain = this.#readPlain();
    if (plain !== undefined) return plain;
    const typed = readTypedLiteral(this.#cursor);
    if (typed === null) return this.#cursor.fail(describeForeignToken(this.#cursor, "value"));
    this.#typed = true;
    return typed;
  }

  /** A string or an atom, the two that may also be dict keys; undefined when something else is here. */
  #readPlain(): Atom | string | undefined {
    if (this.#cursor.peek() === "'") return readLiteralString(this.#cursor);
    const constant = this.#cursor.match(CONSTANT)?.[0];
    if (constant !== undefined) return CONSTANTS.get(constant);
    const number = this.#cursor.match(NUMBER);
    if (number === null) return undefined;
    if (number[0] === number[1] && number[0].length > MAX_INTEGER_DIGITS) {
      this.#cursor.fail(`an integer of more than ${MAX_INTEGER_DIGITS} digits`, number.index);
    }
    return new NumberText(number[0]);
  }

  #readTuple(): WireArray {
    this.#cursor.at++;
    if (this.#cursor.takeIf(")")) return [];
    const items = [this.#readValue()];
    if (this.#cursor.takeIf(",)")) return items;
    if (this.#cursor.peek() === ")") this.#cursor.fail("a value in parentheses, which is no tuple");
    return this.#readRest(items, ")");
  }

  #readList(): WireArray {
    this.#cursor.at++;
    return this.#cursor.takeIf("]") ? [] : this.#readRest([this.#readValue()], "]");
  }

  #readRest(items: WireValue[], close: string): WireArray {
    while (!this.#cursor.takeIf(close)) {
      this.#take(", ");
      items.push(this.#readValue());
    }
    return items;
  }

  #readDict(): WireObject {
    const open = this.#cursor.at;
    const entries = this.#readEntries();
    // The worker that ran the task saw a plain dict; one with a newer kombu may drop the message over it.
    if (isTypedValue(entries)) this.#cursor.fail("a dict that kombu takes for a typed value", open);
    return entries;
  }

  #readEntries(): WireObject {
    const entries = new Map<string, WireValue>();
    this.#cursor.at++;
    if (this.#cursor.takeIf("}")) return entries;
    for (;;) {
      const key = this.#readKey();
      const start = this.#cursor.at;
      entries.set(key, this.#readValue());
      this.#onEntry({ key, start, end: this.#cursor.at });
      if (this.#cursor.takeIf("}")) return entries;
      this.#take(", ");
    }
  }

  #readKey(): string {
    const start = this.#cursor.at;
    const key = this.#readPlain();
    if (key === undefined) return this.#cursor.fail(describeForeignToken(this.#cursor, "key"));
    if (this.#cursor.takeIf(", ...")) this.#cursor.fail("the text was cut at '...'", this.#cursor.at - 3);
    const next = this.#cursor.peek();
    if (next === "," || next === "}") this.#cursor.fail("a set, which JSON doesn't have", start);
    this.#take(": ");
    return toJsonKey(key);
  }

  #nest<T>(read: () => T): T {
    if (++this.#depth > MAX_LITERAL_DEPTH)
      this.#cursor.fail(`nested deeper than ${MAX_LITERAL_DEPTH} levels`);
    const value = read();
    this.#depth--;
    return value;
  }

  #take(separator: string): void {
    if (this.#cursor.takeIf(separator)) return;
    this.#cursor.fail(this.#cursor.atEnd ? "the text ends early: it was cut" : WRONG_FOLLOWER);
  }
}

const ROOTS: ReadonlyMap<string, PythonLiteral["root"]> = new Map([
  ["(", "tuple"],
  ["[", "list"],
  ["{", "dict"],
]);

/** The object key that Python's JSON encoder makes of a dict key (celery-wire F.7). */
function toJsonKey(key: Atom | string): string {
  return key instanceof NumberText ? key.text : String(key);
}
