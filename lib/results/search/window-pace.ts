const FIRST_ROWS = 1_000;
const FEWEST_ROWS = 200;
const MOST_ROWS = 50_000;
/** From one window to the next the number of rows changes by no more than this factor. */
const MOST_CHANGE = 4;

/** How many rows to look at in one statement, learned from how long the last ones took. */
export class WindowPace {
  readonly #targetMs: number;
  #rows = FIRST_ROWS;

  /** `targetMs` is how long a statement should take. */
  constructor(targetMs: number) {
    this.#targetMs = targetMs;
  }

  /** Rows of the next window, which is to end within `leftMs`. */
  rowsWithin(leftMs: number): number {
    return leftMs >= this.#targetMs ? this.#rows : clamp((this.#rows * leftMs) / this.#targetMs);
  }

  note(rows: number, elapsedMs: number): void {
    const fitting = (rows * this.#targetMs) / Math.max(elapsedMs, 1);
    this.#rows = clamp(Math.min(rows * MOST_CHANGE, Math.max(rows / MOST_CHANGE, fitting)));
  }

  /** After a window that was too much: false where it was the least already. */
  reduce(rows: number): boolean {
    this.#rows = clamp(rows / MOST_CHANGE);
    return rows > FEWEST_ROWS;
  }
}

function clamp(rows: number): number {
  return Math.round(Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, rows)));
}
