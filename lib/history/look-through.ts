import type { TaskRecord } from "@/lib/celery/task-record";
import type { ResultCursor, ResultSearchPage, ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import { listTasksById } from "@/lib/store/tasks";
import { type Candidate, type CandidateChunk, walkCandidates } from "./candidates";
import type { HistoryQuery, SlowSearch } from "./task-history";

/** A search for what only events know looks at so many rows, then says how far it came. */
const MAX_ROWS_LOOKED_AT = 5_000;

/** A text is looked for so long; another search has until a page is too late. */
const TEXT_BUDGET_MS = 400;
const BUDGET_MS = 1_200;

interface LookRequest {
  readonly limit: number;
  readonly after: ResultCursor | null;
  readonly budgetMs?: number | undefined;
}

interface Found extends Pick<ResultSearchPage, "next" | "searchedTo" | "sortedSince"> {
  readonly found: readonly Candidate<TaskRecord>[];
  readonly slow: SlowSearch | null;
}

/** The tasks of a page out of the result table, as far as they are found in a bounded time and number of rows. */
export async function lookThrough(
  sources: { readonly results: ResultTable; readonly store: Store },
  { filter, sort }: HistoryQuery,
  { limit, after, budgetMs = filter.text === undefined ? BUDGET_MS : TEXT_BUDGET_MS }: LookRequest,
): Promise<Found> {
  const deadline = performance.now() + budgetMs;
  const search = { filter, sort, after, wanted: limit + 1, deadline, readRecords: listTasksById };
  const found: Candidate<TaskRecord>[] = [];
  let lookedAt = 0;
  let last: CandidateChunk<TaskRecord> | undefined;
  for await (const chunk of walkCandidates(sources, search)) {
    found.push(...chunk.candidates.filter(({ isMatch }) => isMatch));
    lookedAt += chunk.candidates.length;
    last = chunk;
    if (found.length > limit || chunk.slow !== null) break;
    if (lookedAt >= MAX_ROWS_LOOKED_AT || performance.now() > deadline) break;
  }
  const sortedSince = last?.sortedSince ?? null;
  const slow = last?.slow ?? null;
  const page = found.slice(0, limit);
  if (found.length > limit) {
    // What is on the page is complete, unless its order isn't.
    const next = page.at(-1)?.cursor ?? null;
    return { found: page, next, searchedTo: null, sortedSince, slow: sortedSince === null ? null : slow };
  }
  const next = last?.next ?? null;
  if (next === null || slow !== null) {
    return { found: page, next, searchedTo: last?.searchedTo ?? null, sortedSince, slow };
  }
  return { found: page, next, searchedTo: timeOf(last, sort), sortedSince, slow: "events" };
}

/** How far a search came is a time only in an order by time. */
function timeOf(last: CandidateChunk<TaskRecord> | undefined, sort: HistoryQuery["sort"]): bigint | null {
  const row = last?.candidates.at(-1)?.row;
  return row !== undefined && (sort === "-finishedAt" || sort === "finishedAt") ? row.doneAt : null;
}
