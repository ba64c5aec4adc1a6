import { isTimeout } from "../database/describe-failure";
import type { ResultFilter, ResultPage, ResultSearchPage, ResultSort, SearchRequest } from "../results";
import type { IndexedField } from "../sql/filter-sql";
import { findRareField } from "./find-rare-field";
import { listByName } from "./list-by-name";
import type { ResultReader } from "./result-reader";
import { sortSlab } from "./sort-slab";
import { walkByTime } from "./walk-by-time";

/** After a text took too long it isn't tried again for so long: an index for texts is made once in a table's life. */
const TEXT_REST_MS = 60_000;
const TEXT_RESTS_UNTIL = new WeakMap<ResultReader, number>();

/** How long the database may try it in its own way: with an index that serves it needs a few milliseconds. */
const TRY_MS = 150;
/** A database that chooses badly is not asked before so long a look at the first rows. */
const SHORT_WALK_MS = 60;
const NOT_SLOW = { searchedTo: null, sortedSince: null, slow: null } as const;

type TimedRequest = Omit<SearchRequest, "budgetMs"> & { readonly deadline: number };

/**
 * A page of a list in bounded time. First in the ways that need no patience: as the database likes, by a field that
 * selects few rows, by the names one after the other. Then row by row from the newest on (or the oldest), as far as the
 * time allows.
 */
export async function searchResults(
  reader: ResultReader,
  filter: ResultFilter,
  sort: ResultSort,
  { budgetMs, ...rest }: SearchRequest,
): Promise<ResultSearchPage> {
  const request = { ...rest, deadline: performance.now() + budgetMs };
  const page = await listFast(reader, filter, sort, request);
  if (page !== null) return { ...page, ...NOT_SLOW };
  if (sort === "-finishedAt" || sort === "finishedAt") {
    const walked = await walkByTime(reader, filter, sort, request);
    const slow = walked.searchedTo === null ? null : filter.text === undefined ? "filter" : "text";
    return { ...walked, sortedSince: null, slow };
  }
  const sorted = await sortSlab(reader, filter, sort, request);
  return { ...sorted, searchedTo: null, slow: sorted.sortedSince === null ? null : "order" };
}

async function listFast(
  reader: ResultReader,
  filter: ResultFilter,
  sort: ResultSort,
  request: TimedRequest,
): Promise<ResultPage | null> {
  // A place within a slab says that the order was too slow for the whole.
  if (request.after?.slab !== undefined) return null;
  const { deadline, ...plain } = request;
  if (isServed(filter, sort)) return await reader.list(filter, sort, plain);
  const tryFor = (limitMs: number, by?: IndexedField) =>
    unlessTimeout(reader.list(filter, sort, { ...plain, limitMs, by }));
  const isNames = filter.text === undefined && sort === "name";
  // Where nothing stops a statement, none is begun that may not end.
  if (isNames && (reader.hasLimits || !isNarrowed(filter))) {
    const byName = await listByName(reader, filter, { ...plain, deadline: performance.now() + TRY_MS * 2 });
    if (byName !== null) return byName;
  }
  const mayTry = reader.hasLimits && !isNames && (filter.text === undefined || mayTryText(reader, deadline));
  if (mayTry && reader.choosesWell) {
    const found = await tryInItsOwnWay(reader, filter, tryFor);
    if (found !== null) return found;
  }
  const rare = await findRareField(reader, filter);
  const found = rare === null ? null : await tryFor(deadline - performance.now(), rare);
  if (found !== null || !mayTry || reader.choosesWell) return found;
  return (await walkShortly(reader, filter, sort, plain)) ?? (await tryInItsOwnWay(reader, filter, tryFor));
}

async function tryInItsOwnWay(
  reader: ResultReader,
  filter: ResultFilter,
  tryFor: (limitMs: number) => Promise<ResultPage | null>,
): Promise<ResultPage | null> {
  const found = await tryFor(TRY_MS);
  if (found === null && filter.text !== undefined) {
    TEXT_RESTS_UNTIL.set(reader, performance.now() + TEXT_REST_MS);
  }
  return found;
}

/** The page where the first rows fill it, or there are no more; else null. */
async function walkShortly(
  reader: ResultReader,
  filter: ResultFilter,
  sort: ResultSort,
  request: Omit<TimedRequest, "deadline">,
): Promise<ResultPage | null> {
  if (sort !== "-finishedAt" && sort !== "finishedAt") return null;
  const deadline = performance.now() + SHORT_WALK_MS;
  const walked = await walkByTime(reader, filter, sort, { ...request, deadline });
  return walked.searchedTo === null ? walked : null;
}

/** Whether somebody may have made an index for texts, as far as is known, and there is time to see. */
function mayTryText(reader: ResultReader, deadline: number): boolean {
  const now = performance.now();
  return now >= (TEXT_RESTS_UNTIL.get(reader) ?? 0) && deadline - now > TRY_MS;
}

/** Whether Django's own indexes serve it on every database. */
function isServed(filter: ResultFilter, sort: ResultSort): boolean {
  if (filter.ids !== undefined) return true;
  return (sort === "-finishedAt" || sort === "finishedAt") && filter.text === undefined && !hasFields(filter);
}

function isNarrowed({ states, workers, from, to }: ResultFilter): boolean {
  return Boolean(states?.length || workers?.length) || from !== undefined || to !== undefined;
}

function hasFields({ states, names, workers }: ResultFilter): boolean {
  return Boolean(states?.length || names?.length || workers?.length);
}

async function unlessTimeout(page: Promise<ResultPage>): Promise<ResultPage | null> {
  try {
    return await page;
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}
