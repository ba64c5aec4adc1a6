import type { ArgsClass } from "../args-class";
import { attemptRead, type ReadResult, TextFailure } from "../text-failure";
import { NumberText, type WireValue } from "../wire-value";
import {
  PickleDict,
  type PickleName,
  PickleObject,
  PickleSet,
  PickleTuple,
  type PickleValue,
} from "./pickle-value";
import { readPickledType } from "./pickled-type";

export interface ConvertedPickle {
  readonly value: WireValue;
  /** `exact`; `safe` where an inner tuple became an array or a dict key text; `typed` where JSON has no such type. */
  readonly class: Extract<ArgsClass, "exact" | "safe" | "typed">;
}

/**
 * Turns pickled data into what kombu's JSON encoder would write for it. Fails, naming the type, where JSON has nothing
 * for it; bounded in depth and in count, because a pickle may hold itself or repeat one part many times.
 */
export function convertPickle(value: PickleValue): ReadResult<ConvertedPickle> {
  return attemptRead(() => {
    const converter = new PickleConverter();
    const converted = converter.convert(value, 0);
    return { value: converted, class: converter.class };
  });
}

const MAX_DEPTH = 64;
const MAX_VALUES = 1_000_000;

class PickleConverter {
  class: ConvertedPickle["class"] = "exact";
  #count = 0;

  convert(value: PickleValue, depth: number): WireValue {
    if (depth > MAX_DEPTH) return fail(`nested deeper than ${MAX_DEPTH} levels`);
    if (++this.#count > MAX_VALUES) return fail(`more than ${MAX_VALUES} values`);
    if (value === null || typeof value !== "object" || value instanceof NumberText) return value;
    if (Array.isArray(value)) return value.map((item) => this.convert(item, depth + 1));
    if (value instanceof PickleTuple) {
      // The outermost container is the args themselves: a tuple there is as good as a list.
      if (depth > 0) this.#weaken("safe");
      return value.items.map((item) => this.convert(item, depth + 1));
    }
    if (value instanceof PickleDict) return this.#convertDict(value, depth);
    const typed = value instanceof PickleObject ? readPickledType(value) : null;
    if (typed === null) return fail(`${describe(value)}, which JSON doesn't have`);
    this.#weaken("typed");
    return typed;
  }

  #convertDict(dict: PickleDict, depth: number): WireValue {
    const entries = new Map<string, WireValue>();
    for (const [key, value] of dict.entries)
      entries.set(this.#convertKey(key), this.convert(value, depth + 1));
    return entries;
  }

  #convertKey(key: PickleValue): string {
    if (typeof key === "string") return key;
    this.#weaken("safe");
    if (key instanceof NumberText) return key.text;
    if (key === null || typeof key === "boolean") return String(key);
    return fail("a dict key that is neither text nor a number");
  }

  #weaken(to: "safe" | "typed"): void {
    if (this.class !== "typed") this.class = to;
  }
}

function describe(value: Uint8Array | PickleSet | PickleName | PickleObject): string {
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof PickleSet) return "a set";
  return `a ${value.name} object`;
}

/** A value has no place in the text that people see. */
function fail(reason: string): never {
  throw new TextFailure(reason, 0);
}
