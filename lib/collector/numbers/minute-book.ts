import { bucketOf } from "@/lib/numbers/duration-sketch";
import { NUMBERS_OF, type NumbersOf } from "@/lib/numbers/task-numbers";
import type { MinuteNumbers } from "@/lib/store/number-minutes";
import { isPlausible, type Measure } from "./measure-event";
import { MAX_NAMES, NameLimit } from "./name-limit";
import { OpenMinute } from "./open-minute";

const MINUTE_MS = 60_000;

/** Where a measure belongs; null is not known, and then it is counted for the others alone. */
export type Belonging = Readonly<Record<NumbersOf, string | null>>;

/**
 * The numbers of the minutes that are open, in memory. A minute is the one in which an event came, by our clock, so that all but
 * the current one are over. What is taken for writing is the whole minute each time, under a part number of its own: writing
 * it again changes nothing, and a minute that is opened a second time adds to what is in the store.
 */
export class MinuteBook {
  readonly #limits: Readonly<Record<NumbersOf, NameLimit>>;
  #minutes = new Map<number, OpenMinute>();
  #newest = 0;

  constructor(maxNames: Readonly<Record<NumbersOf, number>> = MAX_NAMES) {
    this.#limits = {
      type: new NameLimit(maxNames.type),
      queue: new NameLimit(maxNames.queue),
      worker: new NameLimit(maxNames.worker),
    };
  }

  /** Minutes in memory. */
  get size(): number {
    return this.#minutes.size;
  }

  /** Adds a measure of an event that came at `receivedAt`, epoch ms. */
  add(measure: Omit<Measure, "worker">, belonging: Belonging, receivedAt: number): void {
    const at = receivedAt - (receivedAt % MINUTE_MS);
    let minute = this.#minutes.get(at);
    if (minute === undefined) {
      minute = new OpenMinute(at);
      this.#minutes.set(at, minute);
    }
    this.#newest = Math.max(this.#newest, at);
    const { counted, duration, seconds } = measure;
    const isSkewed = duration !== null && !isPlausible(seconds);
    // One logarithm for the three of them.
    const bucket = duration === null || isSkewed ? 0 : bucketOf(seconds);
    for (const of of NUMBERS_OF) {
      const name = belonging[of];
      if (name === null) continue;
      // Most names are known in this minute: only the others are asked about.
      const entry = minute.find(of, name) ?? minute.open(of, this.#limits[of].admit(name, at));
      entry.hasChanged = true;
      const { numbers } = entry;
      if (counted !== null) numbers[counted] += 1;
      if (isSkewed) numbers.skewed += 1;
      else if (duration !== null) numbers.sketch(duration).add(bucket);
    }
  }

  /** What changed since the last call, as it is now; to be given back to `putBack` when it could not be written. */
  takeChanged(): readonly MinuteNumbers[] {
    const taken: MinuteNumbers[] = [];
    for (const minute of this.#minutes.values()) minute.takeChanged(taken);
    return taken;
  }

  /** Has what was taken be taken again. */
  putBack(taken: readonly MinuteNumbers[]): void {
    for (const { of, name, at } of taken) this.#minutes.get(at)?.markChanged(of, name);
  }

  /** Forgets the minutes that are over and written. */
  forgetWritten(): void {
    for (const [at, minute] of this.#minutes) {
      if (at < this.#newest && !minute.hasChanged) this.#minutes.delete(at);
    }
  }
}
