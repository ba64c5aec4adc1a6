import type { TaskRecord } from "@/lib/celery/task-record";
import { listTasks, listTasksById } from "@/lib/store/tasks";
import { type Candidate, walkCandidates } from "./candidates";
import { readEventsCursor, readResultsCursor, writeEventsCursor, writeResultsCursor } from "./history-cursor";
import { requireResults, toStoredFilter } from "./query-parts";
import { summarizeTasks } from "./summarize-tasks";
import type { HistoryPage, HistoryQuery, HistorySources } from "./task-history";

/** A search that the result table can't answer alone looks at so many rows, then says how far it came. */
const MAX_ROWS_LOOKED_AT = 5_000;

export interface HistoryPageRequest {
  /** At most 200. */
  readonly limit: number;
  /** A page's nextCursor, or null for the first page. */
  readonly cursor: string | null;
  /** Names of kwargs to hide. */
  readonly redact: readonly string[];
}

/**
 * A page of tasks: rows of the result table with what events add to them, or tasks as events told them. A search for
 * what only events know looks at 5,000 rows a page at most; then the page may be short, or empty, and still have a
 * next one. Throws AppError `bad_request` for a cursor of another list, `results_unavailable` while the table is away.
 */
export async function listTaskHistory(
  sources: HistorySources,
  query: HistoryQuery,
  request: HistoryPageRequest,
): Promise<HistoryPage> {
  return query.source === "events"
    ? await listFromEvents(sources, query, request)
    : await listFromResults(sources, query, request);
}

async function listFromEvents(
  sources: HistorySources,
  { filter, sort }: HistoryQuery,
  { limit, cursor, redact }: HistoryPageRequest,
): Promise<HistoryPage> {
  const after = cursor === null ? null : readEventsCursor(cursor, sort);
  const page = await listTasks(sources.store, toStoredFilter(filter), sort, limit, after);
  return {
    tasks: await summarizeTasks(sources, page.tasks.map(fromEvents), redact),
    nextCursor: page.next && writeEventsCursor(page.next),
    searchedBackTo: page.searchedBackTo,
  };
}

async function listFromResults(
  sources: HistorySources,
  query: HistoryQuery,
  { limit, cursor, redact }: HistoryPageRequest,
): Promise<HistoryPage> {
  const { filter, sort } = query;
  const results = requireResults(sources);
  const after = cursor === null ? null : readResultsCursor(cursor, sort);
  const search = { filter, sort, after, wanted: limit + 1, readRecords: listTasksById };
  const found: Candidate<TaskRecord>[] = [];
  let lookedAt = 0;
  let last: Candidate<TaskRecord> | undefined;
  let isBounded = false;
  for await (const chunk of walkCandidates({ ...sources, results }, search)) {
    found.push(...chunk.filter((candidate) => candidate.isMatch));
    lookedAt += chunk.length;
    last = chunk.at(-1) ?? last;
    if (found.length > limit) break;
    isBounded = lookedAt >= MAX_ROWS_LOOKED_AT;
    if (isBounded) break;
  }
  const page = found.slice(0, limit);
  const end = found.length > limit ? page.at(-1) : isBounded ? last : undefined;
  const stopped = isBounded && found.length <= limit ? last : undefined;
  return {
    tasks: await summarizeTasks(sources, page, redact),
    nextCursor: end ? writeResultsCursor(end.cursor) : null,
    searchedBackTo: stopped && isByTime(query) ? Number(stopped.row.doneAt / 1000n) : null,
  };
}

function fromEvents(record: TaskRecord) {
  return { row: null, record };
}

/** How far back a search came is a time only in an order by time. */
function isByTime({ sort }: HistoryQuery): boolean {
  return sort === "-finishedAt" || sort === "finishedAt";
}
