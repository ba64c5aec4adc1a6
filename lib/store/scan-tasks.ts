import { type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";
import { firstOfTables, takeInOrder } from "./take-in-order";
import { takeOfNewest } from "./take-of-newest";
import {
  afterTaskCursor,
  andMaybe as and,
  type StoredTaskCursor,
  type StoredTaskFilter,
  type StoredTaskSort,
  splitTaskFilter,
  taskOrder,
} from "./task-query";
import { type OrderedTaskRow, UNFINISHED_SORT_AT } from "./task-row";
import { selectTaskTables, type TaskTable } from "./task-tables";
import { walkWindows } from "./walk-windows";

export interface TaskScan {
  /** Rows that match, in order. */
  readonly rows: readonly OrderedTaskRow[];
  /** The row at which the scan gave up before the end, or null. */
  readonly stoppedAt: OrderedTaskRow | null;
}

export interface TaskScanRequest {
  readonly filter: StoredTaskFilter;
  readonly sort: StoredTaskSort;
  readonly after: StoredTaskCursor | null;
  readonly limit: number;
}

/** A count; `exact` is false when it stopped before the end. */
export interface TaskCount {
  readonly count: number;
  readonly exact: boolean;
}

interface CountRow {
  readonly matches: number | bigint | null;
  readonly seen: number | bigint | null;
  readonly last_sort_at: number | bigint | null;
  readonly last_id: string | null;
}

const ALL = sql`*`;
const ANY = sql`1 = 1`;

/** Finds up to `limit` tasks that match, in order, in `tables` (all), looking at a bounded number of rows. */
export async function scanTasks(
  store: Store,
  tables: readonly TaskTable[],
  request: TaskScanRequest,
): Promise<TaskScan> {
  const { filter, sort, after, limit } = request;
  const { indexed, residual } = splitTaskFilter(store.provider, filter);
  const chosen = chooseTaskTables(tables, filter, after);
  if (chosen.length === 0) return { rows: [], stoppedAt: null };
  if (sort === "-finishedAt" || sort === "finishedAt") {
    const ordered = sort === "finishedAt" ? [...chosen].reverse() : chosen;
    if (residual !== null)
      return scanWindows(store, { ...request, sort, indexed, residual, tables: ordered });
    const taking = { columns: ALL, where: and(indexed, after && afterTaskCursor(after)), limit };
    const rows = await takeInOrder<OrderedTaskRow>(store, ordered, { ...taking, order: taskOrder(sort) });
    return { rows, stoppedAt: null };
  }
  if (Object.keys(filter).length > 0) {
    const where = and(residual ?? ANY, after && afterTaskCursor(after));
    const newest = await takeOfNewest(store, chosen, { indexed, where, order: taskOrder(sort), limit });
    return { rows: newest.rows, stoppedAt: newest.next };
  }
  const taking = { columns: ALL, where: after ? afterTaskCursor(after) : ANY, order: taskOrder(sort), limit };
  const rows = await store.client.$queryRaw<OrderedTaskRow[]>`
    SELECT * FROM ${firstOfTables(chosen, taking)} AS t ORDER BY ${taskOrder(sort)}`;
  return { rows, stoppedAt: null };
}

/** Counts what matches in `tables`, window after window from the newest on, up to `cap`. */
export async function countMatches(
  store: Store,
  tables: readonly TaskTable[],
  { indexed, residual }: { readonly indexed: Sql; readonly residual: Sql },
  cap: number,
): Promise<TaskCount> {
  let count = 0;
  const windows = { tables, sort: "-finishedAt", indexed, after: null } as const;
  const end = await walkWindows(windows, async (window) => {
    const [row] = await store.client.$queryRaw<CountRow[]>`
      SELECT sum(CASE WHEN ${residual} THEN 1 ELSE 0 END) AS matches, max(rank) AS seen,
        max(CASE WHEN is_last THEN sort_at END) AS last_sort_at, max(CASE WHEN is_last THEN id END) AS last_id
      FROM ${window} AS w`;
    count += toNumber(row?.matches ?? 0);
    const { last_id: id = null, last_sort_at: sortAt = null, seen } = row ?? {};
    const last = id === null || sortAt === null ? null : { id, sortAt: toNumber(sortAt) };
    return { seen: toNumber(seen ?? 0), last, isEnough: count > cap };
  });
  return { count: Math.min(count, cap), exact: end === "end" };
}

/** The tables that may have what `filter` selects, after `after` where that is a place in time. */
export function chooseTaskTables(
  tables: readonly TaskTable[],
  { from, to }: StoredTaskFilter,
  after: StoredTaskCursor | null,
): readonly TaskTable[] {
  const hasRange = from !== undefined || to !== undefined;
  const least = from ?? Number.NEGATIVE_INFINITY;
  const end = hasRange ? Math.min(to ?? UNFINISHED_SORT_AT, UNFINISHED_SORT_AT) : Number.POSITIVE_INFINITY;
  // Those of the cursor's own table may come after it.
  if (after?.sort === "-finishedAt") return selectTaskTables(tables, least, Math.min(end, after.sortAt + 1));
  if (after?.sort === "finishedAt") return selectTaskTables(tables, Math.max(least, after.sortAt), end);
  return selectTaskTables(tables, least, end);
}

type WindowScan = Omit<TaskScanRequest, "sort" | "filter"> & {
  readonly sort: "-finishedAt" | "finishedAt";
  readonly tables: readonly TaskTable[];
  readonly indexed: Sql;
  readonly residual: Sql;
};

/** In the order of time: window after window along the indexes, each row judged, until there are enough. */
async function scanWindows(store: Store, { residual, limit, ...windows }: WindowScan): Promise<TaskScan> {
  const found: OrderedTaskRow[] = [];
  let last: OrderedTaskRow | undefined;
  const end = await walkWindows(windows, async (window) => {
    const rows = await store.client.$queryRaw<
      (OrderedTaskRow & { matched: unknown; rank: number | bigint })[]
    >`
      SELECT * FROM (SELECT w.*, CASE WHEN ${residual} THEN 1 ELSE 0 END AS matched FROM ${window} AS w) AS m
      WHERE matched = 1 OR is_last ORDER BY rank`;
    found.push(...rows.filter((row) => Number(row.matched) === 1));
    last = rows.at(-1);
    return {
      seen: toNumber(rows.at(-1)?.rank ?? 0),
      last: last ? { sortAt: toNumber(last.sort_at), id: last.id } : null,
      isEnough: found.length >= limit,
    };
  });
  return { rows: found.slice(0, limit), stoppedAt: end === "limit" ? (last ?? null) : null };
}
