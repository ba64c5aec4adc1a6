import type { TaskRecord } from "@/lib/celery/task-record";
import { listTasks } from "@/lib/store/tasks";
import { findById } from "./find-by-id";
import {
  readEventsCursor,
  readResultsCursor,
  START_CURSOR,
  writeEventsCursor,
  writeResultsCursor,
} from "./history-cursor";
import { lookThrough } from "./look-through";
import { requireResults, toStoredFilter } from "./query-parts";
import { summarizeTasks } from "./summarize-tasks";
import type { HistoryPage, HistoryQuery, HistorySources } from "./task-history";

export interface HistoryPageRequest {
  /** At most 200. */
  readonly limit: number;
  /** A page's nextCursor, or null for the first page. */
  readonly cursor: string | null;
  /** Names of kwargs to hide. */
  readonly redact: readonly string[];
  /** How long a search may look; as long as a person waits for a page by default. A test gives it more. */
  readonly budgetMs?: number;
}

/**
 * A page of tasks: rows of the result table with what events add to them, or tasks as events told them. A search that
 * no index serves ends after a while; then the page may be short, or empty, and still have a next one. A text that is
 * a task's whole id gives that task at once, and what holds the text on the next page. Throws AppError `bad_request` for a cursor of another list, `results_unavailable` while the table is away.
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
    sortedSince: null,
    slow: null,
  };
}

async function listFromResults(
  sources: HistorySources,
  query: HistoryQuery,
  request: HistoryPageRequest,
): Promise<HistoryPage> {
  const results = requireResults(sources);
  const { limit, cursor, redact, budgetMs } = request;
  const byId = cursor === null ? await findById({ ...sources, results }, query) : null;
  if (byId !== null) {
    // Whether a text holds the id, too, is a search of its own: the next page's.
    const nextCursor = START_CURSOR;
    return { tasks: await summarizeTasks(sources, [byId], redact), nextCursor, ...WHOLE };
  }
  const page = await lookThrough({ ...sources, results }, query, {
    limit,
    after: cursor === null || cursor === START_CURSOR ? null : readResultsCursor(cursor, query.sort),
    budgetMs,
  });
  // The task of that id was on the first page.
  const found = page.found.filter(({ row }) => row.taskId !== query.filter.text);
  return {
    tasks: await summarizeTasks(sources, found, redact),
    nextCursor: page.next && writeResultsCursor(page.next),
    searchedBackTo: toMs(page.searchedTo),
    sortedSince: toMs(page.sortedSince),
    slow: page.slow,
  };
}

const WHOLE = { searchedBackTo: null, sortedSince: null, slow: null } as const;

function toMs(micros: bigint | null): number | null {
  return micros === null ? null : Number(micros / 1000n);
}

function fromEvents(record: TaskRecord) {
  return { row: null, record };
}
