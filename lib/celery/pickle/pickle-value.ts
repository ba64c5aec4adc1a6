import type { NumberText } from "../wire-value";

/** A pickled value, read as data. Ints and floats are JSON number texts; strings are whole (no lone surrogates). */
export type PickleValue =
  | null
  | boolean
  | string
  | NumberText
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | PickleDict
  | PickleSet
  | PickleName
  | PickleObject;

export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** Keys may be any hashable value, so a dict is its pairs, in the order in which they were set. */
export class PickleDict {
  readonly entries: [PickleValue, PickleValue][] = [];
}

export class PickleSet {
  readonly items: PickleValue[] = [];
}

/** A class or function that the pickle names, such as `decimal.Decimal`. It is never looked up. */
export class PickleName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What calling `name` with `args` would have made. It is never called; a later state is kept beside it. */
export class PickleObject {
  readonly name: string;
  readonly args: readonly PickleValue[];
  state: PickleValue = null;

  constructor(name: string, args: readonly PickleValue[]) {
    this.name = name;
    this.args = args;
  }
}
