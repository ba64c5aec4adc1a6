import type { ResultExtent, ResultTable } from "@/lib/results/results";
import { listTaskFacts } from "@/lib/store/task-facts";
import type { StoredTaskCursor } from "@/lib/store/task-query";
import { listTasks } from "@/lib/store/tasks";
import { toResultFilter, walkCandidates } from "./candidates";
import { requireResults, toStoredFilter } from "./query-parts";
import { type HistoryEvidence, joinRows, withWholeArgs } from "./task-evidence";
import type { HistoryFilter, HistoryQuery, HistorySources } from "./task-history";

const CHUNK_TASKS = 1_000;

/**
 * Walks all tasks that the query selects, in its order, in chunks of at most 1,000 (some may be empty), to the end or
 * until `limit` were given. Memory does not grow with their number. Rows that appear behind the walk are not seen.
 */
export async function* iterateTaskHistory(
  sources: HistorySources,
  query: HistoryQuery,
  limit: number,
): AsyncGenerator<readonly HistoryEvidence[]> {
  let left = limit;
  const chunks = query.source === "events" ? walkEvents(sources, query) : walkResults(sources, query, limit);
  for await (const chunk of chunks) {
    const part = chunk.slice(0, left);
    left -= part.length;
    yield part;
    if (left <= 0) return;
  }
}

async function* walkEvents(
  { store, results }: HistorySources,
  { filter, sort }: HistoryQuery,
): AsyncGenerator<readonly HistoryEvidence[]> {
  let after: StoredTaskCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof listTasks>> = await listTasks(
      store,
      toStoredFilter(filter),
      sort,
      CHUNK_TASKS,
      after,
    );
    yield* joinRows(
      results,
      page.tasks.map((record) => ({ id: record.id, record })),
    );
    after = page.next;
  } while (after !== null);
}

async function* walkResults(
  sources: HistorySources,
  { filter, sort }: HistoryQuery,
  limit: number,
): AsyncGenerator<readonly HistoryEvidence[]> {
  const results = requireResults(sources);
  const search = {
    filter,
    sort,
    after: null,
    wanted: CHUNK_TASKS,
    chunkRows: CHUNK_TASKS,
    readRecords: listTaskFacts,
    withErrors: true,
    withOrigin: false,
    extent: sort === "-finishedAt" ? measure(results, filter, limit) : undefined,
  };
  for await (const { candidates } of walkCandidates({ ...sources, results }, search)) {
    const found = candidates.filter(({ isMatch }) => isMatch);
    yield* withWholeArgs(
      results,
      found.map(({ row, record }) => ({ id: row.taskId, row, record })),
    );
  }
}

function measure(results: ResultTable, filter: HistoryFilter, limit: number): Promise<ResultExtent | null> {
  // A text is looked for in each row: once is enough.
  if (filter.text !== undefined) return Promise.resolve(null);
  const extent = results.measure(toResultFilter(filter, "with"), limit);
  // A walk that ends before it asks for it has nobody who listens.
  extent.catch(() => undefined);
  return extent;
}
