import type { TaskState } from "@/lib/celery/task-state";

/** Instants of the result table have microseconds: epoch microseconds (UTC) as a bigint, exact on all databases. */
export type EpochMicros = bigint;

export const RESULT_SORTS = ["-finishedAt", "finishedAt", "-runtime", "name"] as const;
export type ResultSort = (typeof RESULT_SORTS)[number];

/** A selection of result rows. Lists are alternatives; fields are joined by "and"; absent means "any". */
export interface ResultFilter {
  readonly states?: readonly TaskState[];
  /** Task names; `*` matches any run of characters. */
  readonly names?: readonly string[];
  readonly workers?: readonly string[];
  /** Half-open `[from, to)` on date_done. */
  readonly from?: EpochMicros;
  readonly to?: EpochMicros;
  /** Substring of args, kwargs, result (which holds the exception) or traceback, case-insensitive; or a whole task id. */
  readonly text?: string;
  readonly ids?: readonly string[];
  /**
   * What to do with rows whose column is NULL because `result_extended` is off, though `names` (task_name), `workers`
   * (worker) or `text` (task_args) asks for it; a caller may know the value from events. `with`: such a column matches
   * anything; `only`: that, and rows that have none of these NULLs are left out. Left out by default.
   */
  readonly unstored?: "with" | "only";
}

/**
 * Lists read so many characters of args and kwargs: more than the longest text that Celery itself cuts its reprs to
 * (about 1,040 characters, each at most 12 in JSON), so the classes shown in a list are those of the whole text.
 */
export const LIST_TEXT_CHARS = 16_384;

/** A row as lists show it: no result, no traceback; args and kwargs cut at LIST_TEXT_CHARS. */
export interface ResultRow {
  /** Primary key; breaks ties in the order. */
  readonly rowId: bigint;
  readonly taskId: string;
  readonly status: TaskState;
  readonly name: string | null;
  readonly worker: string | null;
  /** Column text as stored, see readStoredArgs. */
  readonly args: string | null;
  readonly kwargs: string | null;
  /** Characters of args or kwargs as stored, whichever is longer: more than LIST_TEXT_CHARS means cut. */
  readonly textLength: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly createdAt: EpochMicros | null;
  /** date_started; null too where it can't be the start (see runtime.ts). */
  readonly startedAt: EpochMicros | null;
  /** date_done: the last write, which is the end only in a final state. */
  readonly doneAt: EpochMicros;
  readonly periodicTaskName: string | null;
  /**
   * The first READ_RESULT_CHARS characters of `result`, which holds the exception; null where that wasn't asked for,
   * and for a row that has succeeded.
   */
  readonly error: string | null;
}

/** What a reading of rows takes of them beside the short columns. */
export interface RowChoice {
  /** False: args and kwargs that are stored are empty texts, which is faster. True by default. */
  readonly withArgs?: boolean;
  /** False by default. */
  readonly withErrors?: boolean;
  /** False: createdAt, startedAt and periodicTaskName are null, which is faster. True by default. */
  readonly withOrigin?: boolean;
}

/** A whole row, every column as stored. */
export interface ResultRowDetail extends ResultRow {
  readonly result: string | null;
  readonly traceback: string | null;
  readonly meta: string | null;
}

/** Where a page ended: the values of the order's columns in its last row. Opaque to callers but for its encoding. */
export interface ResultCursor {
  readonly sort: ResultSort;
  readonly value: string | null;
  /** Empty: before the first row of the slab. */
  readonly rowId: string;
  /** The dates, as text, that an order which no index serves was made among; absent where it is that of the whole list. */
  readonly slab?: ResultSlab;
}

/** A part of the dates, within which an order was made that took too long for the whole. */
export interface ResultSlab {
  readonly since: string | null;
  readonly until: string | null;
  /** The place in the order of the whole where pages of slabs took over: what is before it was listed. */
  readonly start?: { readonly value: string | null; readonly rowId: string };
}

export interface ResultPage {
  readonly rows: readonly ResultRow[];
  /** For each row the cursor of what comes after it. */
  readonly cursors: readonly ResultCursor[];
  readonly next: ResultCursor | null;
}

/** What makes a search slow: a text, an order or a field for which the table has no index that serves. */
export type SlowPart = "text" | "order" | "filter";

/** A page that came in time; where it did not look at everything, `slow` says why. */
export interface ResultSearchPage extends ResultPage {
  /** In an order by time: how far it looked when it stopped before the end. `next` goes on there. */
  readonly searchedTo: EpochMicros | null;
  /** In another order: it is that of the rows done since then. After the last of them `next` goes on with older ones. */
  readonly sortedSince: EpochMicros | null;
  readonly slow: SlowPart | null;
}

export interface SearchRequest extends RowChoice {
  readonly limit: number;
  readonly after: ResultCursor | null;
  /** About how long it may take; a little more where a database is busy. */
  readonly budgetMs: number;
}

/** A count; `exact` is false when it stopped before the end. */
export interface ResultCount {
  readonly count: number;
  readonly exact: boolean;
}

export interface ResultExtent {
  readonly count: number;
  readonly oldest: EpochMicros;
}

export interface ResultTableStatus {
  readonly connected: boolean;
  /** The database URL with the password masked. */
  readonly url: string;
  readonly since: number;
  readonly error: string | null;
}

/** The columns that came with later releases of django-celery-results and are there. */
export interface ResultTableShape {
  readonly hasDateStarted: boolean;
  readonly hasPeriodicTaskName: boolean;
}

/** The port to the result table. Read-only. Methods reject with AppError `results_unavailable` while it is away. */
export interface ResultTable {
  readonly provider: "sqlite" | "postgresql" | "mysql";
  getStatus(): ResultTableStatus;
  getShape(): Promise<ResultTableShape>;
  list(
    filter: ResultFilter,
    sort: ResultSort,
    limit: number,
    after: ResultCursor | null,
    choice?: RowChoice,
  ): Promise<ResultPage>;
  /** The page of a list in bounded time: what no index serves is looked for from one end on, as far as time allows. */
  search(filter: ResultFilter, sort: ResultSort, request: SearchRequest): Promise<ResultSearchPage>;
  count(filter: ResultFilter, cap: number): Promise<ResultCount>;
  /** The same in bounded time: then it may be less than the cap, and not exact. */
  countWithin(filter: ResultFilter, cap: number, budgetMs: number): Promise<ResultCount>;
  /** About how many rows match, by the database's statistics; null where it has none. */
  estimate(filter: ResultFilter): Promise<number | null>;
  /** How many rows match, and when the oldest of them was done; null when none does, or more than `cap` do. */
  measure(filter: ResultFilter, cap: number): Promise<ResultExtent | null>;
  get(taskId: string): Promise<ResultRowDetail | null>;
  /** Whole args and kwargs of at most 1,000 ids (rows that are gone are absent); for re-dispatch. */
  listArgs(taskIds: readonly string[], choice?: Omit<RowChoice, "withArgs">): Promise<readonly ResultRow[]>;
  /** Distinct task names in the table, sorted, at most `limit`. */
  listNames(limit: number): Promise<readonly string[]>;
  close(): Promise<void>;
}
