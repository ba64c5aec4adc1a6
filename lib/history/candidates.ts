import { matchesName } from "@/lib/celery/matches-name";
import type {
  EpochMicros,
  ResultCursor,
  ResultExtent,
  ResultFilter,
  ResultRow,
  ResultSearchPage,
  ResultTable,
  RowChoice,
  SlowPart,
} from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import type { TaskFacts } from "@/lib/store/task-facts";
import { recordHolds } from "./matches-record";
import type { HistoryFilter, HistorySort } from "./task-history";

/** Rows read at a time when a filter needs what only events know, unless a walk takes larger steps. */
const CHUNK_ROWS = 500;

/** A row of the result table with what the events told of the same task: `R` is as much of it as was asked for. */
export interface Candidate<R extends TaskFacts> {
  readonly row: ResultRow;
  readonly record: R | null;
  /** What comes after the row. */
  readonly cursor: ResultCursor;
  /** Whether the filter, the part included that only events can answer, selects it. */
  readonly isMatch: boolean;
  /** Whether the table alone answers what the filter asks of it: events were not needed. */
  readonly isStored: boolean;
}

/** What a walk gives at a time: rows, and how it goes on. */
export interface CandidateChunk<R extends TaskFacts> {
  readonly candidates: readonly Candidate<R>[];
  /** What comes after all that was looked at; null at the end. */
  readonly next: ResultCursor | null;
  /** As ResultSearchPage has them; null and absent in a walk without a time limit. */
  readonly searchedTo: EpochMicros | null;
  readonly sortedSince: EpochMicros | null;
  readonly slow: SlowPart | null;
}

export interface CandidateSearch<R extends TaskFacts> extends RowChoice {
  readonly filter: HistoryFilter;
  readonly sort: HistorySort;
  readonly after: ResultCursor | null;
  /** How many matches are wanted: the first look reads as many rows. */
  readonly wanted: number;
  /** Rows read at a time; 500 unless said. */
  readonly chunkRows?: number;
  readonly readRecords: (store: Store, ids: readonly string[]) => Promise<ReadonlyMap<string, R>>;
  /**
   * How many rows there are and when the oldest was done, in a walk from the newest on. Without it a database may look
   * through all that is older than the last one for one more. Asked for after the first rows, which somebody waits for.
   */
  readonly extent?: Promise<ResultExtent | null>;
  /** Only rows of these ids. */
  readonly ids?: readonly string[];
  /** Only rows that lack what the filter asks for. */
  readonly onlyUnstored?: boolean;
  /**
   * When the walk must have ended, on performance.now()'s clock: then its chunks may be short, or empty, and say how far
   * they looked. Without it a read may take as long as the database lets it.
   */
  readonly deadline?: number;
}

/**
 * Walks the rows of the result table that may match, in chunks in the order of the list, each joined with its events.
 * The table answers what it can; a queue, and a name, worker or text where `result_extended` was off, are known from
 * events alone, so such rows come too and say whether they match.
 */
export async function* walkCandidates<R extends TaskFacts>(
  sources: { readonly results: ResultTable; readonly store: Store },
  search: CandidateSearch<R>,
): AsyncGenerator<CandidateChunk<R>> {
  const { filter, chunkRows = CHUNK_ROWS } = search;
  let stored: ResultFilter = {
    ...toResultFilter(filter, search.onlyUnstored ? "only" : "with"),
    ids: search.ids,
  };
  let after = search.after;
  let seen = 0;
  let limit = filter.queues === undefined ? Math.min(search.wanted, chunkRows) : chunkRows;
  do {
    const page = await readPage(sources.results, stored, { ...search, limit, after });
    const records = await search.readRecords(
      sources.store,
      page.rows.map(({ taskId }) => taskId),
    );
    const holders = await listStoredHolders(sources.results, filter, page.rows);
    const candidates = page.rows.flatMap((row, index) => {
      const cursor = page.cursors[index];
      const record = records.get(row.taskId) ?? null;
      return cursor === undefined
        ? []
        : [{ row, record, cursor, ...judge(filter, { row, record, holders }) }];
    });
    yield { ...page, candidates };
    after = page.next;
    limit = chunkRows;
    seen += page.rows.length;
    const extent = after === null ? null : await search.extent;
    // The last rows only: with a lower bound PostgreSQL takes slower ways to all others.
    if (extent && extent.count - seen <= limit) stored = { ...stored, from: extent.oldest };
  } while (after !== null);
}

async function readPage(
  results: ResultTable,
  filter: ResultFilter,
  {
    sort,
    limit,
    after,
    deadline,
    withArgs,
    withErrors,
    withOrigin,
  }: Omit<CandidateSearch<TaskFacts>, "readRecords" | "filter"> & { readonly limit: number },
): Promise<ResultSearchPage> {
  const choice = { withArgs, withErrors, withOrigin };
  if (deadline !== undefined) {
    const budgetMs = Math.max(0, deadline - performance.now());
    return await results.search(filter, sort, { ...choice, limit, after, budgetMs });
  }
  const page = await results.list(filter, sort, limit, after, choice);
  return { ...page, searchedTo: null, sortedSince: null, slow: null };
}

/** The part of a filter that the result table can answer. */
export function toResultFilter(filter: HistoryFilter, unstored?: "with" | "only"): ResultFilter {
  const { queues: _queues, ...rest } = filter;
  return { ...rest, unstored };
}

/** Of rows without args, which came for that alone, those whose result or traceback holds the text. */
async function listStoredHolders(
  results: ResultTable,
  { text }: HistoryFilter,
  rows: readonly ResultRow[],
): Promise<ReadonlySet<string>> {
  const ids = rows.filter(({ args }) => args === null).map(({ taskId }) => taskId);
  if (text === undefined || ids.length === 0) return new Set();
  const page = await results.list({ ids, text }, "-finishedAt", ids.length, null, { withArgs: false });
  return new Set(page.rows.map(({ taskId }) => taskId));
}

/** The table has answered for the columns that it stores; of the others, and of the queue, the events are asked. */
function judge(
  { names, workers, queues, text }: HistoryFilter,
  task: { row: ResultRow; record: TaskFacts | null; holders: ReadonlySet<string> },
): Pick<Candidate<TaskFacts>, "isMatch" | "isStored"> {
  const { row, record, holders } = task;
  const asked: boolean[] = [];
  if (names !== undefined && row.name === null) asked.push(matchesName(record?.name ?? null, names));
  if (workers !== undefined && row.worker === null) asked.push(isOneOf(record?.worker, workers));
  if (text !== undefined && row.args === null && !holders.has(row.taskId)) {
    asked.push(record !== null && recordHolds(record, text));
  }
  const isStored = asked.length === 0;
  if (queues !== undefined) asked.push(isOneOf(record?.queue, queues));
  return { isMatch: asked.every(Boolean), isStored };
}

function isOneOf(value: string | null | undefined, values: readonly string[]): boolean {
  return value !== null && value !== undefined && values.includes(value);
}
