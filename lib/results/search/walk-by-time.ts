import { isTimeout } from "../database/describe-failure";
import { formatInstantText, parseInstantText } from "../instant-text";
import type { EpochMicros, ResultCursor, ResultFilter, ResultRow, ResultSearchPage } from "../results";
import { type DateWindow, DateWindows } from "./date-windows";
import type { DateRange, ReadRequest, ResultReader } from "./result-reader";

type TimeSort = "-finishedAt" | "finishedAt";

/** No row's key is below the one, or above the other: a cursor with it stands before or after all rows of an instant. */
const BELOW_ALL_IDS = "-1";
const ABOVE_ALL_IDS = "999999999999999999";

/**
 * Looks through the rows in an order by time, window by window along the index on date_done, until the page is full or
 * time is up. Half a window that time ended is not told of.
 */
export async function walkByTime(
  reader: ResultReader,
  filter: ResultFilter,
  sort: TimeSort,
  { limit, after, deadline, ...choice }: Omit<ReadRequest, "limitMs"> & { readonly deadline: number },
): Promise<Pick<ResultSearchPage, "rows" | "cursors" | "next" | "searchedTo">> {
  const windows = new DateWindows(
    reader,
    rangeAfter(filter, sort, after),
    sort === "finishedAt" ? "newer" : "older",
    deadline,
  );
  const rows: ResultRow[] = [];
  const cursors: ResultCursor[] = [];
  let last = after;
  for (;;) {
    const window = await windows.open();
    const { isLast, limitMs, from, to } = window;
    try {
      const request = { ...choice, by: "dates", limit: limit - rows.length, after: last, limitMs } as const;
      const page = await reader.list({ ...filter, from, to }, sort, request);
      rows.push(...page.rows);
      cursors.push(...page.cursors);
      if (page.next !== null || isLast) return { rows, cursors, next: page.next, searchedTo: null };
      last = cursorAtEnd(window, sort);
      windows.pass(window);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (windows.shrink()) continue;
      // Not even the first rows came in time: then the database is at fault, and says so.
      if (last === after) throw error;
      return { rows, cursors, next: last, searchedTo: instantOf(last) };
    }
    // With the page just filled the next rows are for the next page.
    if (rows.length === limit || windows.isTimeUp()) {
      return { rows, cursors, next: last, searchedTo: rows.length === limit ? null : instantOf(last) };
    }
  }
}

/** The dates that are left after a cursor. */
function rangeAfter({ from, to }: ResultFilter, sort: TimeSort, after: ResultCursor | null): DateRange {
  const at = instantOf(after);
  if (at === null) return { from, to };
  return sort === "finishedAt" ? { from: latest(from, at), to } : { from, to: earliest(to, at + 1n) };
}

function cursorAtEnd({ from, to }: DateWindow, sort: TimeSort): ResultCursor {
  return sort === "finishedAt"
    ? { sort, value: to === undefined ? null : formatInstantText(to - 1n), rowId: ABOVE_ALL_IDS }
    : { sort, value: from === undefined ? null : formatInstantText(from), rowId: BELOW_ALL_IDS };
}

function instantOf(cursor: ResultCursor | null): EpochMicros | null {
  return cursor === null ? null : parseInstantText(cursor.value);
}

function earliest(one: EpochMicros | undefined, other: EpochMicros): EpochMicros {
  return one === undefined || other < one ? other : one;
}

function latest(one: EpochMicros | undefined, other: EpochMicros): EpochMicros {
  return one === undefined || other > one ? other : one;
}
