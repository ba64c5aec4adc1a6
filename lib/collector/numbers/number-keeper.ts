import type { TaskRecord } from "@/lib/celery/task-record";
import { KEPT_MS } from "@/lib/store/kept-times";
import { getRolledUntil, HOUR_MS, rollUpHour } from "@/lib/store/number-hours";
import { getFirstMinute, saveMinutes } from "@/lib/store/number-minutes";
import type { Store } from "@/lib/store/store";
import type { TaskChange } from "../fold-events";
import { measureEvent } from "./measure-event";
import { MinuteBook } from "./minute-book";

/** An hour is added up so long after its end: events that came in it may wait for being stored. */
const GRACE_MS = 60_000;
/** Added up again when a collector begins: the one before it may have died between a minute's writing and its hour's. */
const DOUBTFUL_MS = 3 * HOUR_MS;

/** Keeps the numbers of tasks over time: adds up in memory what events tell, and writes it to the store. */
export class NumberKeeper {
  readonly #store: Store;
  readonly #signal: AbortSignal | undefined;
  readonly #book = new MinuteBook();
  /** Hours before this one are added up; null before the first look. */
  #rolledUntil: number | null = null;
  /** The end of the line of savings: one at a time. */
  #saving: Promise<void> = Promise.resolve();

  /** Once `signal` has aborted no more hours are added up: the next collector does it, and the end must be quick. */
  constructor(store: Store, signal?: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
  }

  /** Takes in what an event changed. Quick: this is once an event. */
  note({ event, record, before, receivedAt }: TaskChange): void {
    const measure = measureEvent(event, record, before);
    if (measure === null) return;
    const belonging = { type: record.name, queue: record.queue, worker: measure.worker };
    this.#book.add(measure, belonging, receivedAt);
  }

  /** Takes in an end that only a result backend told. */
  noteEnd({ name, queue, worker, state }: TaskRecord, receivedAt: number): void {
    if (state !== "SUCCESS" && state !== "FAILURE") return;
    const counted = state === "SUCCESS" ? "succeeded" : "failed";
    this.#book.add({ counted, duration: null, seconds: 0 }, { type: name, queue, worker }, receivedAt);
  }

  /** Writes what changed, and adds up the hours that are over at `now`, epoch ms. Rejects while the store is away. */
  save(now: number): Promise<void> {
    this.#saving = this.#saving.catch(() => {}).then(() => this.#save(now));
    return this.#saving;
  }

  async #save(now: number): Promise<void> {
    const taken = this.#book.takeChanged();
    try {
      await saveMinutes(this.#store, taken);
    } catch (error) {
      this.#book.putBack(taken);
      throw error;
    }
    this.#book.forgetWritten();
    const oldest = Math.min(...taken.map(({ at }) => at));
    this.#rolledUntil ??= await findRollUpStart(this.#store, now);
    // What came late changes an hour that is added up already; by a clock that is wrong it may be of 1970.
    let hour = Math.max(Math.min(this.#rolledUntil, floorHour(oldest)), floorHour(now - KEPT_MS.hours));
    this.#rolledUntil = hour;
    for (; hour + HOUR_MS + GRACE_MS <= now && !this.#signal?.aborted; hour += HOUR_MS) {
      await rollUpHour(this.#store, hour);
      this.#rolledUntil = hour + HOUR_MS;
    }
  }
}

async function findRollUpStart(store: Store, now: number): Promise<number> {
  const first = await getFirstMinute(store);
  if (first === null) return floorHour(now);
  const doubtful = Math.min(await getRolledUntil(store), floorHour(now - DOUBTFUL_MS));
  return Math.max(floorHour(first), doubtful);
}

function floorHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
