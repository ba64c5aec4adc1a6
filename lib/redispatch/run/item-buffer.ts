import type { PreparedItem } from "./prepare-items";

/** Items that one load takes on; the first load, which tells how long messages are, fewer. */
const LARGEST_RANGE = 1_000;
const FIRST_RANGE = 100;
const RANGE_BYTES = 4 * 1024 * 1024;
/** Loads under way or waiting to be taken: two chunks at full speed. */
const MOST_RANGES = 4;
/** What was read longer ago than this is read again: the tasks may have changed. */
const LONGEST_AGE_MS = 2_000;

/** Positions from `from` to before `end`, and what of them waits to be sent. */
interface Range {
  readonly from: number;
  readonly end: number;
  readonly startedAt: number;
  readonly loaded: Promise<readonly PreparedItem[]>;
  /** null while it is being loaded. */
  items: readonly PreparedItem[] | null;
}

/** Prepared items in a row, from the position asked for to before `end`. */
export interface PreparedRun {
  readonly items: readonly PreparedItem[];
  readonly end: number;
}

/** Prepares the next items of a batch while those before them are on their way. */
export class ItemBuffer {
  readonly #load: (from: number, end: number) => Promise<readonly PreparedItem[]>;
  readonly #total: number;
  #ranges: Range[] = [];
  #rangeSize = FIRST_RANGE;

  /** `load` prepares the waiting items at positions from `from` to before `end`; the batch ends before `total`. */
  constructor(load: (from: number, end: number) => Promise<readonly PreparedItem[]>, total: number) {
    this.#load = load;
    this.#total = total;
  }

  /**
   * Returns what is prepared from `position` on, once there is something, and goes on preparing until twice `wanted`
   * positions are. Rejects when they can't be read.
   */
  async peek(position: number, wanted: number): Promise<PreparedRun> {
    this.#drop(position);
    this.#fill(position, wanted);
    const first = this.#ranges[0];
    if (first === undefined) return { items: [], end: this.#total };
    try {
      await first.loaded;
    } catch (error) {
      this.reset();
      throw error;
    }
    this.#fill(position, wanted);
    return this.#join(position);
  }

  /** Forgets what was prepared. */
  reset(): void {
    this.#ranges = [];
  }

  /** Drops what is past, and everything when it doesn't go on from `position` or is too old. */
  #drop(position: number): void {
    while (this.#ranges[0] !== undefined && this.#ranges[0].end <= position) this.#ranges.shift();
    const first = this.#ranges[0];
    if (first === undefined) return;
    const isStale = performance.now() - first.startedAt > LONGEST_AGE_MS;
    if (first.from > position || isStale) this.reset();
  }

  #fill(position: number, wanted: number): void {
    const goal = Math.min(this.#total, position + 2 * wanted);
    for (;;) {
      const from = this.#ranges.at(-1)?.end ?? position;
      if (from >= goal || this.#ranges.length >= MOST_RANGES) return;
      // Until one is loaded nobody knows how long the messages are.
      if (this.#rangeSize === FIRST_RANGE && this.#ranges.length > 0) return;
      this.#start(from, Math.min(this.#total, from + Math.max(1, Math.min(wanted, this.#rangeSize))));
    }
  }

  #start(from: number, end: number): void {
    const loaded = this.#load(from, end);
    const range: Range = { from, end, startedAt: performance.now(), loaded, items: null };
    this.#ranges.push(range);
    loaded.then(
      (items) => {
        range.items = items;
        this.#learnSize(items);
      },
      // Whoever peeks at it is told.
      () => undefined,
    );
  }

  #learnSize(items: readonly PreparedItem[]): void {
    if (items.length === 0) return;
    const bytes = items.reduce((sum, { task }) => sum + (task?.message.body.length ?? 0), 0);
    const fitting = Math.floor(RANGE_BYTES / Math.max(1, bytes / items.length));
    this.#rangeSize = Math.max(1, Math.min(LARGEST_RANGE, fitting));
  }

  #join(position: number): PreparedRun {
    const items: PreparedItem[] = [];
    let end = position;
    for (const range of this.#ranges) {
      if (range.items === null) break;
      for (const one of range.items) if (one.item.position >= position) items.push(one);
      end = range.end;
    }
    return { items, end };
  }
}
