import { randomInt } from "node:crypto";
import { NUMBERS_OF, type NumbersOf, TaskNumbers } from "@/lib/numbers/task-numbers";
import type { MinuteNumbers } from "@/lib/store/number-minutes";

/** What fits into a column of 32 bits. */
const PARTS = 2 ** 31 - 1;

/** The numbers of one name in a minute. */
interface OpenEntry {
  readonly numbers: TaskNumbers;
  /** Since they were taken for writing. */
  hasChanged: boolean;
}

/** The numbers of one minute, or of the part of it that one collector saw. */
export class OpenMinute {
  /** The minute's start, epoch ms. */
  readonly at: number;
  readonly #part = randomInt(PARTS);
  readonly #entries: Readonly<Record<NumbersOf, Map<string, OpenEntry>>> = {
    type: new Map(),
    queue: new Map(),
    worker: new Map(),
  };

  constructor(at: number) {
    this.at = at;
  }

  /** Whether something is not written yet. */
  get hasChanged(): boolean {
    return Object.values(this.#entries).some((entries) =>
      Array.from(entries.values()).some(({ hasChanged }) => hasChanged),
    );
  }

  /** The entry of one name, or undefined when there is none yet. */
  find(of: NumbersOf, name: string): OpenEntry | undefined {
    return this.#entries[of].get(name);
  }

  /** The entry of one name, made when there is none yet. */
  open(of: NumbersOf, name: string): OpenEntry {
    const entry = this.find(of, name) ?? { numbers: new TaskNumbers(), hasChanged: true };
    this.#entries[of].set(name, entry);
    return entry;
  }

  /** Adds to `taken` what changed since the last time. */
  takeChanged(taken: MinuteNumbers[]): void {
    for (const of of NUMBERS_OF) {
      for (const [name, entry] of this.#entries[of]) {
        if (!entry.hasChanged) continue;
        entry.hasChanged = false;
        taken.push({ of, name, at: this.at, part: this.#part, numbers: entry.numbers });
      }
    }
  }

  /** Has one name be taken again. */
  markChanged(of: NumbersOf, name: string): void {
    const entry = this.#entries[of].get(name);
    if (entry !== undefined) entry.hasChanged = true;
  }
}
