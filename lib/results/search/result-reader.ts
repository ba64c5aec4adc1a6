import type { EpochMicros, ResultCursor, ResultFilter, ResultPage, ResultSort, RowChoice } from "../results";
import type { IndexedField, IndexHint } from "../sql/filter-sql";

export interface ReadRequest extends RowChoice, IndexHint {
  readonly limit: number;
  readonly after: ResultCursor | null;
  /** Rejects with a timeout after so long, where the database can. */
  readonly limitMs?: number;
}

export type Direction = "older" | "newer";

/** The reads that a search in bounded time is made of. */
export interface ResultReader {
  /** Whether the database stops a statement at its limit. */
  readonly hasLimits: boolean;
  /** Whether the database knows how many rows have a value, and so which index finds the first ones soonest. */
  readonly choosesWell: boolean;
  /** The page as one statement gives it. */
  list(filter: ResultFilter, sort: ResultSort, request: ReadRequest): Promise<ResultPage>;
  /** The rows of one name, or of those without one (null), in the order of a list by name. */
  listOneName(filter: ResultFilter, name: OneName, request: ReadRequest): Promise<ResultPage>;
  /** When the row that comes `rows` after the first in this direction was done; null where there are fewer. */
  findBoundary(dates: DateRange, direction: Direction, rows: number): Promise<EpochMicros | null>;
  /** How many rows match, at most `cap + 1`. */
  count(
    filter: ResultFilter,
    cap: number,
    bounds?: IndexHint & { readonly limitMs?: number },
  ): Promise<number>;
  /** How many rows one field selects, at most `cap + 1`. */
  countField(filter: ResultFilter, field: IndexedField, cap: number, limitMs: number): Promise<number>;
  listNames(limit: number): Promise<NameList>;
}

/** `isAlike`: with all that the column's collation takes for the same. */
export interface OneName {
  readonly name: string | null;
  readonly isAlike: boolean;
}

/** Distinct names by code point; where not exact, one of those that the column's collation takes for the same. */
export interface NameList {
  readonly names: readonly string[];
  readonly isExact: boolean;
}

/** Half-open, on date_done. */
export interface DateRange {
  readonly from?: EpochMicros | undefined;
  readonly to?: EpochMicros | undefined;
}
