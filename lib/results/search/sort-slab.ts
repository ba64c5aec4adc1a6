import { isTimeout } from "../database/describe-failure";
import { formatInstantText, parseInstantText } from "../instant-text";
import type {
  EpochMicros,
  ResultCursor,
  ResultFilter,
  ResultRow,
  ResultSearchPage,
  ResultSlab,
} from "../results";
import { compareKeys } from "./compare-keys";
import { DateWindows } from "./date-windows";
import type { ReadRequest, ResultReader } from "./result-reader";

type KeySort = "-runtime" | "name";

interface Found {
  readonly row: ResultRow;
  readonly cursor: ResultCursor;
}

/**
 * The first rows of an order that no index serves, among as many of the newest rows as there is time for: a slab of
 * dates, within which the following pages stay. After its last row the next cursor begins an older slab.
 */
export async function sortSlab(
  reader: ResultReader,
  filter: ResultFilter,
  sort: KeySort,
  { limit, after, deadline, ...choice }: Omit<ReadRequest, "limitMs"> & { readonly deadline: number },
): Promise<Pick<ResultSearchPage, "rows" | "cursors" | "next" | "sortedSince">> {
  const since = instant(after?.slab?.since);
  const until = instant(after?.slab?.until);
  const dates = { from: later(filter.from, since), to: earlier(filter.to, until) };
  const endAt = since === undefined ? endOfFirstPage(reader, deadline) : Infinity;
  const windows = new DateWindows(reader, dates, "older", endAt);
  const start = startOf(after);
  const position = placeOf(after) ?? (start === undefined ? null : { sort, ...start });
  let found: readonly Found[] = [];
  let reached: EpochMicros | undefined;
  for (;;) {
    const window = await windows.open();
    try {
      const { from, to, limitMs } = window;
      const page = await reader.list({ ...filter, from, to }, sort, {
        ...{ ...choice, by: "dates", limit: limit + 1, after: position },
        limitMs: Number.isFinite(limitMs) ? limitMs : undefined,
      });
      found = merge(found, toFound(page.rows, page.cursors)).slice(0, limit + 1);
      if (window.isLast) {
        reached = undefined;
        break;
      }
      windows.pass(window);
      reached = window.from;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (windows.shrink()) continue;
      if (reached === undefined) throw error;
      break;
    }
    if (windows.isTimeUp()) break;
  }
  const sortedSince = reached ?? since ?? null;
  const slab = { since: text(sortedSince), until: text(until ?? null), ...(start && { start }) };
  const withSlab = (cursor: ResultCursor): ResultCursor =>
    slab.since === null && slab.until === null ? cursor : { ...cursor, slab };
  const shown = found.slice(0, limit);
  const cursors = shown.map(({ cursor }) => withSlab(cursor));
  const older: ResultCursor | null =
    sortedSince === null
      ? null
      : { sort, value: null, rowId: "", slab: { ...slab, since: null, until: slab.since } };
  const next = found.length > limit ? (cursors.at(-1) ?? null) : older;
  return { rows: shown.map(({ row }) => row), cursors, next, sortedSince };
}

/**
 * When to stop sorting for a slab's first page: its later pages must come to the slab's end. SQLite, which computes the key anew for
 * each comparison, compares it twice as often for them.
 */
function endOfFirstPage({ hasLimits }: ResultReader, deadline: number): number {
  const now = performance.now();
  return hasLimits ? deadline : now + (deadline - now) / 2;
}

/** The row after which the page begins; null at the beginning of a slab. */
function placeOf(after: ResultCursor | null): ResultCursor | null {
  return after === null || after.rowId === "" ? null : after;
}

/** Where the pages before this one, in the order of the whole, have come to: the older slabs begin there as well. */
function startOf(after: ResultCursor | null): ResultSlab["start"] {
  if (after === null || after.slab !== undefined) return after?.slab?.start;
  return { value: after.value, rowId: after.rowId };
}

function toFound(rows: readonly ResultRow[], cursors: readonly ResultCursor[]): Found[] {
  return rows.flatMap((row, index) => {
    const cursor = cursors[index];
    return cursor === undefined ? [] : [{ row, cursor }];
  });
}

function merge(some: readonly Found[], others: readonly Found[]): Found[] {
  return [...some, ...others].sort((a, b) => compareKeys(a.cursor, b.cursor));
}

function instant(value: string | null | undefined): EpochMicros | undefined {
  return parseInstantText(value ?? null) ?? undefined;
}

function text(at: EpochMicros | null): string | null {
  return at === null ? null : formatInstantText(at);
}

function later(one: EpochMicros | undefined, other: EpochMicros | undefined): EpochMicros | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

function earlier(one: EpochMicros | undefined, other: EpochMicros | undefined): EpochMicros | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
