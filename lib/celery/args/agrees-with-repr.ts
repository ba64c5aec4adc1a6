import { TextCursor } from "../text-cursor";
import { isTypedValue } from "../typed-value";
import { isWireObject, NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";

/** What a comparison found: go on, nothing more to compare, or another value. */
type Outcome = "same" | "stop" | "differs";

/**
 * Whether `text`, which saferepr wrote and perhaps cut (celery-wire.md F.2 to F.4), can be that of `value`. Compares as
 * far as the text goes. With `fromJson` an object's repr, such as `Decimal('1.50')`, may stand for any value: kombu
 * before 5.3 made a text of it for JSON, and the task got that. Linear time; never throws.
 */
export function agreesWithRepr(
  value: WireValue,
  text: string,
  { fromJson }: { readonly fromJson: boolean },
): boolean {
  return new ReprComparer(text, fromJson).compare(value) !== "differs";
}

const CUT = /(?:, )?\.\.\./y;
/** A token that was cut, up to its mark. */
const CUT_TOKEN = /([^,)\]}:']*)\.\.\./y;
const CUT_MARK = "...";
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
/** How every value begins that has a literal form; what begins otherwise is an object's repr. */
const LITERAL_START = /['([{\d]|-(?:\d|inf)|(?:None|True|False|inf|nan)(?![A-Za-z0-9_.(])/y;
const ATOM_END = /[,)\]}:]|$/y;
const PYTHON_WORDS: ReadonlyMap<string, string> = new Map([
  ["null", "None"],
  ["true", "True"],
  ["false", "False"],
  ["NaN", "nan"],
  ["Infinity", "inf"],
  ["-Infinity", "-inf"],
]);

class ReprComparer {
  readonly #cursor: TextCursor;
  readonly #fromJson: boolean;

  constructor(text: string, fromJson: boolean) {
    this.#cursor = new TextCursor(text);
    this.#fromJson = fromJson;
  }

  compare(value: WireValue): Outcome {
    if (this.#isCutHere()) return "stop";
    const start = this.#cursor.at;
    const outcome = this.#compareKind(value);
    if (outcome !== "differs") return outcome;
    this.#cursor.at = start;
    if (this.#isAt(LITERAL_START)) return "differs";
    return this.#fromJson || isTypedValue(value) ? "stop" : "differs";
  }

  #compareKind(value: WireValue): Outcome {
    if (value === null || typeof value === "boolean") return this.#compareAtom(String(value));
    if (typeof value === "string") return this.#compareString(value);
    if (value instanceof NumberText) return this.#compareAtom(value.text);
    if (isTypedValue(value)) return "differs";
    return isWireObject(value) ? this.#compareObject(value) : this.#compareArray(value);
  }

  #compareArray(items: WireArray): Outcome {
    const opened = this.#open(["(", "["]);
    if (typeof opened !== "object") return opened;
    for (const [index, item] of items.entries()) {
      const outcome =
        (index === 0 ? "same" : this.#takeComma()) === "same" ? this.compare(item) : this.#atEndOrOther();
      if (outcome !== "same") return outcome;
    }
    // The comma after a tuple's only item.
    if (opened.closing === ")" && items.length === 1 && !this.#isCutHere()) this.#cursor.takeIf(",");
    return this.#close(opened.closing);
  }

  #compareObject(entries: WireObject): Outcome {
    const opened = this.#open(["{"]);
    if (typeof opened !== "object") return opened;
    let isFirst = true;
    for (const [key, item] of entries) {
      if (!isFirst && this.#takeComma() !== "same") return this.#atEndOrOther();
      isFirst = false;
      const outcome = this.#compareEntry(key, item);
      if (outcome !== "same") return outcome;
    }
    return this.#close(opened.closing);
  }

  #compareEntry(key: string, item: WireValue): Outcome {
    if (this.#isCutHere()) return "stop";
    const outcome = this.#cursor.peek() === "'" ? this.#compareString(key) : this.#compareAtom(key);
    if (outcome !== "same") return outcome;
    return this.#cursor.takeIf(": ") ? this.compare(item) : this.#atEndOrOther();
  }

  #compareAtom(word: string): Outcome {
    const start = this.#cursor.at;
    const token = PYTHON_WORDS.get(word) ?? word;
    if (this.#cursor.takeIf(token) && this.#isAt(ATOM_END)) return "same";
    this.#cursor.at = start;
    const cut = this.#cursor.match(CUT_TOKEN);
    return cut !== null && token.startsWith(cut[1] ?? "") ? "stop" : "differs";
  }

  /** A cut string ends in its mark and a quote, and what follows may be whole (F.4). */
  #compareString(value: string): Outcome {
    const cursor = this.#cursor;
    const escaped = value.replaceAll("'", "\\'");
    if (cursor.takeIf(`'${escaped}'`)) return "same";
    if (!cursor.takeIf("'")) return "differs";
    const { text, at } = cursor;
    let shared = 0;
    while (shared < escaped.length && text[at + shared] === escaped[shared]) shared += 1;
    if (at + shared >= text.length) return "stop";
    // The value may itself have dots where the mark stands.
    for (let length = shared; length >= Math.max(0, shared - CUT_MARK.length); length -= 1) {
      if (!text.startsWith(`${CUT_MARK}'`, at + length)) continue;
      cursor.at = at + length + CUT_MARK.length + 1;
      return "same";
    }
    return "differs";
  }

  /** The bracket that will close what opens here; an outcome where its content was left out, or it is of another kind. */
  #open(brackets: readonly string[]): Outcome | { readonly closing: string } {
    const opening = this.#cursor.peek() ?? "";
    if (!brackets.includes(opening)) return "differs";
    this.#cursor.at += 1;
    const closing = CLOSING[opening] ?? "";
    const start = this.#cursor.at;
    if (!this.#cursor.takeIf(CUT_MARK)) return { closing };
    this.#cursor.takeIf(",");
    if (this.#cursor.takeIf(closing)) return "same";
    this.#cursor.at = start;
    return "stop";
  }

  #takeComma(): Outcome {
    if (this.#isCutHere()) return "stop";
    return this.#cursor.takeIf(", ") ? "same" : "differs";
  }

  /** A cut may have lost the closing bracket, too. */
  #close(closing: string): Outcome {
    return this.#isCutHere() || this.#cursor.takeIf(closing) ? "same" : "differs";
  }

  #atEndOrOther(): Outcome {
    return this.#isCutHere() ? "stop" : "differs";
  }

  #isCutHere(): boolean {
    return this.#cursor.atEnd || this.#isAt(CUT);
  }

  #isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#cursor.at;
    return pattern.test(this.#cursor.text);
  }
}
