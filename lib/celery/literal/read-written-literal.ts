import { JSON_NUMBER } from "../json/json-number";
import { TextCursor } from "../text-cursor";
import { attemptRead, type ReadResult } from "../text-failure";
import { NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { describeForeignToken } from "./describe-foreign-token";
import { MAX_INTEGER_DIGITS, MAX_LITERAL_DEPTH } from "./read-python-literal";
import { readTypedLiteral } from "./read-typed-literal";
import { readWrittenString } from "./read-written-string";

/**
 * Reads a value that a person writes: JSON, or a Python literal as Python itself reads it (either quote, any white
 * space, a comma at the end), also mixed. What has no JSON form fails with a reason in words; numbers keep their text.
 * Unlike `readPythonLiteral`, whose texts may have been cut and which therefore takes nothing that it wouldn't write.
 */
export function readWrittenLiteral(text: string): ReadResult<WireValue> {
  return attemptRead(() => new WrittenReader(text).readRoot());
}

const WHITE_SPACE = /[\s\ufeff]*/y;
const WORD = /-?[A-Za-z_][A-Za-z0-9_]*/y;
/** What makes a number of another kind of what JSON would take for one: `007`, `1_000`, `0x1f`, `1.`, `2j`. */
const NUMBER_GOES_ON = /[\w.]/;
/** After a word: a call, a name of a module, or the quote of `b'…'`. */
const FOREIGN_FOLLOWER = /[('".]/;
const CONSTANTS: ReadonlyMap<string, null | boolean | NumberText> = new Map<
  string,
  null | boolean | NumberText
>([
  ["None", null],
  ["null", null],
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ["NaN", new NumberText("NaN")],
  ["nan", new NumberText("NaN")],
  ["Infinity", new NumberText("Infinity")],
  ["inf", new NumberText("Infinity")],
  ["-Infinity", new NumberText("-Infinity")],
  ["-inf", new NumberText("-Infinity")],
]);

class WrittenReader {
  readonly #cursor: TextCursor;
  #depth = 0;

  constructor(text: string) {
    this.#cursor = new TextCursor(text);
  }

  readRoot(): WireValue {
    this.#skipSpace();
    if (this.#cursor.atEnd) this.#cursor.fail("there is no value");
    const value = this.#readValue();
    this.#skipSpace();
    if (!this.#cursor.atEnd) this.#cursor.fail("more text after the end of the value");
    return value;
  }

  #readValue(): WireValue {
    const cursor = this.#cursor;
    const first = cursor.peek();
    if (first === "[") return this.#nest(() => this.#readItems("]"));
    if (first === "(") return this.#nest(() => this.#readTuple());
    if (first === "{") return this.#nest(() => this.#readDict());
    if (first === '"' || first === "'") return readWrittenString(cursor);
    return this.#readNumber() ?? this.#readWord();
  }

  #readNumber(): NumberText | null {
    const start = this.#cursor.at;
    const number = this.#cursor.match(JSON_NUMBER)?.[0];
    if (number === undefined) return null;
    if (NUMBER_GOES_ON.test(this.#cursor.peek() ?? "")) {
      this.#cursor.fail("a number that is not written in plain decimal digits", start);
    }
    if (/^-?\d+$/.test(number) && number.length > MAX_INTEGER_DIGITS) {
      this.#cursor.fail(`an integer of more than ${MAX_INTEGER_DIGITS} digits`, start);
    }
    return new NumberText(number);
  }

  /** A constant, or a Decimal, UUID or date as Python writes it. */
  #readWord(): WireValue {
    const cursor = this.#cursor;
    const typed = readTypedLiteral(cursor);
    if (typed !== null) return typed;
    const start = cursor.at;
    const word = cursor.match(WORD)?.[0] ?? "";
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) return constant;
    if (word !== "" && !FOREIGN_FOLLOWER.test(cursor.peek() ?? "")) {
      cursor.fail(`text without quotes: write "${word}"`, start);
    }
    cursor.at = start;
    if (cursor.atEnd) return cursor.fail("the text ends before the value does");
    return cursor.fail(describeForeignToken(cursor, "value"));
  }

  #readTuple(): WireArray {
    const start = this.#cursor.at;
    const items = this.#readItems(")");
    // `(1)` is the number, which only looks like args.
    if (items.length === 1 && !/,\s*\)$/.test(this.#cursor.text.slice(start, this.#cursor.at))) {
      this.#cursor.fail("a value in parentheses, which is no tuple: write a comma after it", start);
    }
    return items;
  }

  #readItems(close: string): WireArray {
    const items: WireValue[] = [];
    this.#cursor.at++;
    this.#skipSpace();
    while (!this.#cursor.takeIf(close)) {
      items.push(this.#readValue());
      this.#takeSeparator(close);
    }
    return items;
  }

  #readDict(): WireObject {
    const entries = new Map<string, WireValue>();
    this.#cursor.at++;
    this.#skipSpace();
    while (!this.#cursor.takeIf("}")) {
      const start = this.#cursor.at;
      const key = this.#readValue();
      this.#skipSpace();
      if (!this.#cursor.takeIf(":")) this.#failAtColon(start);
      if (key !== null && typeof key === "object" && !(key instanceof NumberText)) {
        this.#cursor.fail("a dict key that is neither text nor a number", start);
      }
      this.#skipSpace();
      // Python's JSON encoder makes such text of keys that aren't (celery-wire F.7).
      entries.set(key instanceof NumberText ? key.text : String(key), this.#readValue());
      this.#takeSeparator("}");
    }
    return entries;
  }

  #failAtColon(keyStart: number): never {
    const next = this.#cursor.peek();
    if (next === "," || next === "}") this.#cursor.fail("a set, which JSON doesn't have", keyStart);
    return this.#cursor.fail(
      this.#cursor.atEnd ? "the text ends before the value does" : 'expected ":" after the key',
    );
  }

  /** A comma, which may also stand before the closing mark; the mark itself stays. */
  #takeSeparator(close: string): void {
    this.#skipSpace();
    if (this.#cursor.peek() === close) return;
    if (!this.#cursor.takeIf(",")) {
      this.#cursor.fail(
        this.#cursor.atEnd ? `the text ends before "${close}"` : `expected "," or "${close}"`,
      );
    }
    this.#skipSpace();
  }

  #nest<T>(read: () => T): T {
    if (++this.#depth > MAX_LITERAL_DEPTH)
      this.#cursor.fail(`nested deeper than ${MAX_LITERAL_DEPTH} levels`);
    const value = read();
    this.#depth--;
    return value;
  }

  #skipSpace(): void {
    this.#cursor.match(WHITE_SPACE);
  }
}
