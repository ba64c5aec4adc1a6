import { listTaskFacts } from "@/lib/store/task-facts";
import { countTasks } from "@/lib/store/tasks";
import { toResultFilter, walkCandidates } from "./candidates";
import { requireResults, toStoredFilter } from "./query-parts";
import type { HistoryCount, HistoryFilter, HistoryQuery, HistorySources } from "./task-history";

/** A count stops here. */
const COUNT_CAP = 100_000;
/** Rows looked at one by one, for what only events know. */
const MAX_ROWS_LOOKED_AT = 5_000;

/**
 * How many tasks the query selects; not exact beyond 100,000, or when a search for what only events know looked at
 * 5,000 rows and there were more: then it is what it found.
 */
export async function countTaskHistory(sources: HistorySources, query: HistoryQuery): Promise<HistoryCount> {
  const { source, filter } = query;
  if (source === "events") return await countTasks(sources.store, toStoredFilter(filter), COUNT_CAP);
  if (filter.queues !== undefined) return await countByLooking(sources, query, false);
  const results = requireResults(sources);
  const stored = await results.count(toResultFilter(filter), COUNT_CAP);
  if (!asksForUnstored(filter) || !stored.exact) return stored;
  const others = await countByLooking(sources, query, true);
  const count = stored.count + others.count;
  return { count: Math.min(count, COUNT_CAP), exact: others.exact && count <= COUNT_CAP };
}

/** Looks at rows one by one: all, or those that the table's own count left out. */
async function countByLooking(
  sources: HistorySources,
  { filter }: HistoryQuery,
  onlyUnstored: boolean,
): Promise<HistoryCount> {
  const results = requireResults(sources);
  const search = {
    filter,
    sort: "-finishedAt",
    after: null,
    wanted: MAX_ROWS_LOOKED_AT,
    withArgs: false,
    readRecords: listTaskFacts,
    onlyUnstored,
  } as const;
  let count = 0;
  let lookedAt = 0;
  for await (const { candidates } of walkCandidates({ ...sources, results }, search)) {
    count += candidates.filter(({ isMatch, isStored }) => isMatch && !(onlyUnstored && isStored)).length;
    lookedAt += candidates.length;
    if (lookedAt > MAX_ROWS_LOOKED_AT) return { count, exact: false };
  }
  return { count, exact: true };
}

/** Whether the filter asks for a column that is NULL where `result_extended` is off. */
function asksForUnstored({ names, workers, text }: HistoryFilter): boolean {
  return names !== undefined || workers !== undefined || text !== undefined;
}
