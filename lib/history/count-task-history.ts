import type { ResultCount, ResultTable } from "@/lib/results/results";
import { listTaskFacts } from "@/lib/store/task-facts";
import { countTasks } from "@/lib/store/tasks";
import { toResultFilter, walkCandidates } from "./candidates";
import { exactCountsOf } from "./exact-counts";
import { requireResults, toStoredFilter } from "./query-parts";
import type { HistoryCount, HistoryFilter, HistoryQuery, HistorySources } from "./task-history";

/** A count that somebody waits for stops here, and after so long. */
const COUNT_CAP = 100_000;
const BUDGET_MS = 400;
/** Of that, for what the table itself counts. */
const STORED_BUDGET_MS = 250;
/** A count behind the scenes: PostgreSQL and MySQL have their own limit for a statement. */
const EXACT_BUDGET_MS = 60_000;
/** Rows looked at one by one, for what only events know. */
const MAX_ROWS_LOOKED_AT = 5_000;

type Sources = Omit<HistorySources, "results"> & { readonly results: ResultTable };

/**
 * How many tasks the query selects, in bounded time. Not exact beyond 100,000, when time was up, or when a search for
 * what only events know looked at 5,000 rows and there were more: then it is what it found, with an estimate where the
 * database has one, while an exact count may be on its way.
 */
export async function countTaskHistory(sources: HistorySources, query: HistoryQuery): Promise<HistoryCount> {
  const { source, filter } = query;
  if (source === "events") return await countTasks(sources.store, toStoredFilter(filter), COUNT_CAP);
  const own = { ...sources, results: requireResults(sources) };
  if (filter.queues !== undefined) {
    const deadline = performance.now() + BUDGET_MS;
    return await countByLooking(own, filter, { onlyUnstored: false, deadline });
  }
  const { stored, first } = await countFirst(own, filter);
  // What only events know is looked for no further behind the scenes, either.
  if (stored.exact || filter.text !== undefined) return first;
  const exact = exactCountsOf(own.results).ask(filter, () => countExactly(own, filter));
  if (exact !== "counting" && exact !== null) return exact;
  const estimate = await own.results.estimate(toResultFilter(filter));
  return {
    ...first,
    ...(estimate !== null && estimate > first.count ? { estimate } : {}),
    ...(exact === "counting" ? { isCounting: true } : {}),
  };
}

async function countFirst(sources: Sources, filter: HistoryFilter) {
  const deadline = performance.now() + BUDGET_MS;
  const stored = await sources.results.countWithin(toResultFilter(filter), COUNT_CAP, STORED_BUDGET_MS);
  return { stored, first: await addUnstored(sources, filter, stored, { cap: COUNT_CAP, deadline }) };
}

async function countExactly(sources: Sources, filter: HistoryFilter): Promise<HistoryCount> {
  const all = Number.POSITIVE_INFINITY;
  const stored = await sources.results.countWithin(toResultFilter(filter), all, EXACT_BUDGET_MS);
  return await addUnstored(sources, filter, stored, { cap: all, deadline: performance.now() + BUDGET_MS });
}

/** Adds what the table's own count left out, since only events know it. */
async function addUnstored(
  sources: Sources,
  filter: HistoryFilter,
  stored: ResultCount,
  { cap, deadline }: { readonly cap: number; readonly deadline: number },
): Promise<HistoryCount> {
  if (!asksForUnstored(filter) || (!stored.exact && filter.text === undefined)) return stored;
  const others = await countByLooking(sources, filter, { onlyUnstored: true, deadline });
  const count = stored.count + others.count;
  return { count: Math.min(count, cap), exact: stored.exact && others.exact && count <= cap };
}

/** Looks at rows one by one: all, or those that the table's own count left out. */
async function countByLooking(
  sources: Sources,
  filter: HistoryFilter,
  { onlyUnstored, deadline }: { readonly onlyUnstored: boolean; readonly deadline: number },
): Promise<HistoryCount> {
  const search = {
    filter,
    sort: "-finishedAt",
    after: null,
    wanted: MAX_ROWS_LOOKED_AT,
    withArgs: false,
    readRecords: listTaskFacts,
    deadline,
    onlyUnstored,
  } as const;
  let count = 0;
  let lookedAt = 0;
  for await (const { candidates, slow } of walkCandidates(sources, search)) {
    count += candidates.filter(({ isMatch, isStored }) => isMatch && !(onlyUnstored && isStored)).length;
    lookedAt += candidates.length;
    if (slow !== null || lookedAt > MAX_ROWS_LOOKED_AT) return { count, exact: false };
  }
  return { count, exact: true };
}

/** Whether the filter asks for a column that is NULL where `result_extended` is off. */
function asksForUnstored({ names, workers, text }: HistoryFilter): boolean {
  return names !== undefined || workers !== undefined || text !== undefined;
}
