import { arrayOf, booleanOf, integerOf, numberOf, objectOf, textOf } from "../wire-fields";
import type { WireArray, WireObject, WireValue } from "../wire-value";

/** A task's time limits in seconds; null leaves the limit to the task. */
export interface TimeLimits {
  readonly hard: number | null;
  readonly soft: number | null;
}

/** Reads the fields of a message one by one and notes those that hold something else than they must. */
export class FieldReader {
  readonly #problems: string[];
  #isDeadly = false;

  /** What is wrong is added to `problems`. */
  constructor(problems: string[]) {
    this.#problems = problems;
  }

  /** Whether a worker would die of a field that was read. */
  get isDeadly(): boolean {
    return this.#isDeadly;
  }

  /** A text without which there is no task. */
  requiredText(name: string, fields: WireObject): string | null {
    const text = textOf(fields.get(name));
    if (!text) this.#problems.push(`${name}: must be a non-empty text`);
    return text;
  }

  /** A part of the body that may be out of reach (undefined), but not null. */
  requiredArray(name: string, value: WireValue | undefined): WireArray | null {
    return this.#require(name, value, arrayOf, "an array");
  }

  requiredObject(name: string, value: WireValue | undefined): WireObject | null {
    return this.#require(name, value, objectOf, "an object");
  }

  text(name: string, fields: WireObject): string | null {
    return this.#read(name, fields.get(name), textOf, "a text");
  }

  integer(name: string, fields: WireObject): number | null {
    return this.#read(name, fields.get(name), integerOf, "a whole number");
  }

  boolean(name: string, fields: WireObject): boolean | null {
    return this.#read(name, fields.get(name), booleanOf, "true or false");
  }

  array(name: string, value: WireValue | undefined): WireArray | null {
    return this.#read(name, value, arrayOf, "an array");
  }

  object(name: string, value: WireValue | undefined): WireObject | null {
    return this.#read(name, value, objectOf, "an object");
  }

  /** `[hard, soft]`; a worker dies of anything else (docs/celery-versions.md). */
  timeLimits(fields: WireObject): TimeLimits | null {
    const value = fields.get("timelimit");
    const limits = this.array("timelimit", value);
    this.#isDeadly = value != null && limits?.length !== 2;
    if (limits === null) return null;
    if (limits.length !== 2) this.#problems.push("timelimit: must have two items");
    return { hard: numberOf(limits[0]), soft: numberOf(limits[1]) };
  }

  #read<T>(name: string, value: WireValue | undefined, read: Reader<T>, kind: string): T | null {
    return value === null ? null : this.#require(name, value, read, kind);
  }

  #require<T>(name: string, value: WireValue | undefined, read: Reader<T>, kind: string): T | null {
    if (value === undefined) return null;
    const result = read(value);
    if (result === null) this.#problems.push(`${name}: must be ${kind}`);
    return result;
  }
}

type Reader<T> = (value: WireValue) => T | null;
