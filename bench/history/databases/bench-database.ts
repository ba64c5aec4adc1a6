import type { BenchRows } from "../bench-rows";

/** A database of our own with a result table of many rows. */
export interface BenchDatabase {
  readonly name: string;
  /** As RESULTS_DATABASE_URL takes it. */
  readonly url: string;
  /** Writes the rows into the table that Django has made, and brings the database's statistics up to date. */
  fill(rows: BenchRows): Promise<void>;
  stop(): Promise<void>;
}

/** Rows that are written by one statement: a transaction of ten million would need twice the disk. */
const ROWS_AT_ONCE = 500_000;

/** Cuts 1…rows into ranges `[from, to]`. */
export function* listRanges(rows: number): Generator<readonly [from: number, to: number]> {
  for (let from = 1; from <= rows; from += ROWS_AT_ONCE) {
    yield [from, Math.min(rows, from + ROWS_AT_ONCE - 1)];
  }
}
