import { type NumbersOf, OTHERS } from "@/lib/numbers/task-numbers";

const HOUR_MS = 3_600_000;
/** Names of an hour that are told apart. A task type a customer, or a queue a host, must not fill the store. */
export const MAX_NAMES: Readonly<Record<NumbersOf, number>> = { type: 500, queue: 200, worker: 1_000 };

/** Lets the first names of each hour through; all further ones are counted together, under `OTHERS`. */
export class NameLimit {
  readonly #limit: number;
  #names = new Set<string>();
  #hour = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The name under which what happens at `at` (epoch ms) is counted. */
  admit(name: string, at: number): string {
    const hour = Math.floor(at / HOUR_MS);
    if (hour > this.#hour) {
      this.#hour = hour;
      this.#names = new Set();
    }
    if (this.#names.has(name)) return name;
    if (this.#names.size >= this.#limit) return OTHERS;
    this.#names.add(name);
    return name;
  }
}
