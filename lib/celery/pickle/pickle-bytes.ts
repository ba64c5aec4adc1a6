import { TextFailure } from "../text-failure";

/** Reads a pickle's bytes front to back; every method throws a `TextFailure` when they end too early. */
export class PickleBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A 64-bit length; one beyond the data fails like any other. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** The one big-endian field of the format. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  /** UTF-8 text. Python pickles lone surrogates as invalid UTF-8: those fail, for they would be lost. */
  text(length: number): string {
    const start = this.#advance(length);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        this.#bytes.subarray(start, start + length),
      );
    } catch {
      return this.fail("a string in the pickle is not UTF-8");
    }
  }

  /** The rest of a line, as the GLOBAL operation has two. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) return this.fail("the pickle ends early");
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  fail(reason: string): never {
    throw new TextFailure(reason, this.at);
  }

  #advance(length: number): number {
    const start = this.at;
    if (length < 0 || length > this.#bytes.length - start) this.fail("the pickle ends early");
    this.at += length;
    return start;
  }
}
