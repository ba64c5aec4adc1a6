import type { DateRange, Direction, ResultReader } from "./result-reader";
import { WindowPace } from "./window-pace";

/** A statement on SQLite holds up everything else in the process. */
const TARGET_MS = { server: 80, process: 40 };
/** With less time left than this another window isn't worth it. */
const LEAST_LEFT_MS = 15;
/** A window may overrun its time by this much before the database stops it. */
const OVERRUN_MS = 150;

export interface DateWindow extends DateRange {
  /** Nothing lies beyond it. */
  readonly isLast: boolean;
  readonly limitMs: number;
}

/** Cuts a range of dates into windows of as many rows as a statement looks at in a short time. */
export class DateWindows {
  readonly #reader: ResultReader;
  readonly #direction: Direction;
  readonly #deadline: number;
  readonly #pace: WindowPace;
  #left: DateRange;
  #rows = 0;
  #startedAt = 0;

  /** `deadline` is on performance.now()'s clock. */
  constructor(reader: ResultReader, { from, to }: DateRange, direction: Direction, deadline: number) {
    this.#reader = reader;
    // The rest of a filter that was passed must not narrow what is counted off.
    this.#left = { from, to };
    this.#direction = direction;
    this.#deadline = deadline;
    this.#pace = new WindowPace(reader.hasLimits ? TARGET_MS.server : TARGET_MS.process);
  }

  isTimeUp(): boolean {
    return this.#deadline - performance.now() < LEAST_LEFT_MS;
  }

  /** The next window, counted from where the last one that was passed ended. */
  async open(): Promise<DateWindow> {
    this.#startedAt = performance.now();
    const leftMs = this.#deadline - this.#startedAt;
    this.#rows = this.#pace.rowsWithin(leftMs);
    const boundary = await this.#reader.findBoundary(this.#left, this.#direction, this.#rows);
    const limitMs = Math.max(leftMs, 0) + OVERRUN_MS;
    if (boundary === null) return { ...this.#left, isLast: true, limitMs };
    // The boundary's own row is in the window, with all that were done in the same microsecond.
    return this.#direction === "older"
      ? { from: boundary, to: this.#left.to, isLast: false, limitMs }
      : { from: this.#left.from, to: boundary + 1n, isLast: false, limitMs };
  }

  /** Says that a window was looked through. */
  pass({ from, to }: DateWindow): void {
    this.#pace.note(this.#rows, performance.now() - this.#startedAt);
    this.#left =
      this.#direction === "older" ? { from: this.#left.from, to: from } : { from: to, to: this.#left.to };
  }

  /** Says that the database stopped the look; whether a smaller window may be tried. */
  shrink(): boolean {
    return this.#pace.reduce(this.#rows) && !this.isTimeUp();
  }
}
