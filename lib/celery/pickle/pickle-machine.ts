import { PickleBytes } from "./pickle-bytes";
import { readLong } from "./pickle-number";
import type { PickleValue } from "./pickle-value";

/** Python's limit of 4,300 digits for reading an integer, in bytes: 4300 × log2(10) ÷ 8. */
const MAX_LONG_BYTES = 1786;

/** The stack, marks and memo of Python's `pickle` machine; `PICKLE_OPERATIONS` act on it. */
export class PickleMachine {
  readonly bytes: PickleBytes;
  readonly #stack: PickleValue[] = [];
  readonly memo = new Map<number, PickleValue>();
  /** Stack heights at which MARK was called. */
  readonly #marks: number[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = new PickleBytes(bytes);
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.pop() : undefined;
    return value === undefined ? this.bytes.fail("the pickle takes from an empty stack") : value;
  }

  peek(): PickleValue {
    const value = this.#stack.at(-1);
    return value === undefined ? this.bytes.fail("the pickle reads an empty stack") : value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popToMark(): PickleValue[] {
    const height = this.#marks.pop();
    return height === undefined ? this.bytes.fail("the pickle has no mark") : this.#stack.splice(height);
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    this.push(value === undefined ? this.bytes.fail("the pickle recalls what it never kept") : value);
  }

  long(length: number): void {
    if (length > MAX_LONG_BYTES) this.bytes.fail("an integer of more than 4300 digits");
    this.push(readLong(this.bytes.bytes(length)));
  }
}
