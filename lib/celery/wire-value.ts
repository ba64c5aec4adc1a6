const BRAND = Symbol.for("celeriac.number-text");

/**
 * A JSON number kept as the text it had on the wire, because Python writes what JavaScript cannot hold:
 * integers beyond 2^53, `1.0`, `NaN`, `Infinity`.
 */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get [BRAND](): true {
    return true;
  }

  /** True for those of this module's other copies, too: Next evaluates it once more for instrumentation. */
  static [Symbol.hasInstance](value: unknown): value is NumberText {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** A JSON document read without loss. Objects are maps, so that key order and a key `__proto__` survive. */
export type WireValue = null | boolean | string | NumberText | WireArray | WireObject;
export type WireArray = readonly WireValue[];
export type WireObject = ReadonlyMap<string, WireValue>;

export function isWireArray(value: WireValue): value is WireArray {
  return Array.isArray(value);
}

export function isWireObject(value: WireValue): value is WireObject {
  return value instanceof Map;
}
