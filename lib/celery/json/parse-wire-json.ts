import { TextCursor } from "../text-cursor";
import { attemptRead, type ReadResult } from "../text-failure";
import { NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";
import { JSON_NUMBER } from "./json-number";
import { readJsonString } from "./read-json-string";

/** Python's own reader gives up at about 1,000 (its recursion limit), so no worker has a deeper document. */
export const MAX_JSON_DEPTH = 500;
/** The reason of a failure for a deeper document. */
export const NESTED_TOO_DEEP = `nested deeper than ${MAX_JSON_DEPTH} levels`;

/**
 * Reads a JSON document as Python's `json` does (celery-wire A.6): `NaN`, `Infinity` and `-Infinity` are numbers, a
 * later duplicate key wins, control characters in strings and a byte order mark are refused. Numbers keep their
 * text. Takes time linear in the text, at most `MAX_JSON_DEPTH` levels, and never throws.
 */
export function parseWireJson(text: string): ReadResult<WireValue> {
  return attemptRead(() => new WireJsonReader(text).readDocument());
}

const WHITE_SPACE = /[ \t\n\r]*/y;
const CONSTANTS: ReadonlyMap<string, { readonly word: string; readonly value: WireValue }> = new Map([
  ["n", { word: "null", value: null }],
  ["t", { word: "true", value: true }],
  ["f", { word: "false", value: false }],
  ["N", { word: "NaN", value: new NumberText("NaN") }],
  ["I", { word: "Infinity", value: new NumberText("Infinity") }],
]);

class WireJsonReader {
  readonly #cursor: TextCursor;
  #depth = 0;

  constructor(text: string) {
    this.#cursor = new TextCursor(text);
  }

  readDocument(): WireValue {
    this.#skipSpace();
    const value = this.#readValue();
    this.#skipSpace();
    if (!this.#cursor.atEnd) this.#cursor.fail("more text after the end of the JSON document");
    return value;
  }

  #readValue(): WireValue {
    const first = this.#cursor.peek();
    if (first === undefined) return this.#cursor.fail("the JSON text ends early");
    if (first === '"') return readJsonString(this.#cursor);
    if (first === "[") return this.#nest(() => this.#readArray());
    if (first === "{") return this.#nest(() => this.#readObject());
    const constant = CONSTANTS.get(first);
    if (constant !== undefined && this.#cursor.takeIf(constant.word)) return constant.value;
    if (this.#cursor.takeIf("-Infinity")) return new NumberText("-Infinity");
    const number = this.#cursor.match(JSON_NUMBER);
    return number === null ? this.#cursor.fail("not a JSON value") : new NumberText(number[0]);
  }

  #readArray(): WireArray {
    const items: WireValue[] = [];
    this.#take("[");
    if (this.#cursor.takeIf("]")) return items;
    for (;;) {
      items.push(this.#readValue());
      this.#skipSpace();
      if (this.#cursor.takeIf("]")) return items;
      this.#take(",");
    }
  }

  #readObject(): WireObject {
    const entries = new Map<string, WireValue>();
    this.#take("{");
    if (this.#cursor.takeIf("}")) return entries;
    for (;;) {
      if (this.#cursor.peek() !== '"') this.#cursor.fail("an object key must be a string");
      const key = readJsonString(this.#cursor);
      this.#skipSpace();
      this.#take(":");
      entries.set(key, this.#readValue());
      this.#skipSpace();
      if (this.#cursor.takeIf("}")) return entries;
      this.#take(",");
    }
  }

  #nest<T>(read: () => T): T {
    if (++this.#depth > MAX_JSON_DEPTH) this.#cursor.fail(NESTED_TOO_DEEP);
    const value = read();
    this.#depth--;
    return value;
  }

  #take(mark: string): void {
    if (!this.#cursor.takeIf(mark)) {
      this.#cursor.fail(this.#cursor.atEnd ? "the JSON text ends early" : `expected "${mark}"`);
    }
    this.#skipSpace();
  }

  #skipSpace(): void {
    this.#cursor.match(WHITE_SPACE);
  }
}
