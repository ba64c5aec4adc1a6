import { TextFailure } from "./text-failure";

/** A place in a text that moves forward only; the readers of JSON and of Python literals share it. */
export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here, or undefined at the end. */
  peek(): string | undefined {
    return this.text[this.at];
  }

  /** Moves past `word` if it is what comes next. */
  takeIf(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  /** Moves past what a sticky pattern matches here; null (and no move) when it doesn't. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }

  /** Throws the `TextFailure` of the reader, here or at `position`. */
  fail(reason: string, position = this.at): never {
    throw new TextFailure(reason, position);
  }
}
