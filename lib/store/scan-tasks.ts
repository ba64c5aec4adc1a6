import { type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";
import {
  afterTaskCursor,
  andMaybe as and,
  type StoredTaskCursor,
  type StoredTaskFilter,
  type StoredTaskSort,
  splitTaskFilter,
  taskOrder,
} from "./task-query";
import type { TaskRow } from "./task-row";

/** Rows looked at in one statement: libsql blocks the process while it runs one. */
const WINDOW_ROWS = 2_000;
/** Rows looked at for one request: a search that finds little stops here and says how far it came. */
const SCAN_LIMIT = 100_000;

export interface ScannedRow extends TaskRow {
  readonly sort_at: number | bigint;
}

export interface TaskScan {
  /** Rows that match, in order. */
  readonly rows: readonly ScannedRow[];
  /** The row at which the scan gave up before the end, or null. */
  readonly stoppedAt: ScannedRow | null;
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
  readonly last_sort_at: number | bigint | null;
  readonly last_id: string | null;
}

/** Finds up to `limit` tasks that match, in order, looking at a bounded number of rows. */
export async function scanTasks(store: Store, request: TaskScanRequest): Promise<TaskScan> {
  const parts = splitTaskFilter(store.provider, request.filter);
  const byTime = request.sort === "-finishedAt" || request.sort === "finishedAt";
  if (parts.residual === null && (byTime || Object.keys(request.filter).length === 0)) {
    const where = and(parts.indexed, request.after && afterTaskCursor(request.after));
    const rows = await store.client.$queryRaw<ScannedRow[]>`
      SELECT * FROM task WHERE ${where} ORDER BY ${taskOrder(request.sort)} LIMIT ${request.limit}`;
    return { rows, stoppedAt: null };
  }
  return byTime
    ? scanWindows(store, request, parts.indexed, parts.residual ?? sql`1 = 1`)
    : sortNewest(store, request, parts.indexed, parts.residual ?? sql`1 = 1`);
}

/** In the order of time: window after window along the index, each row judged, until there are enough. */
async function scanWindows(store: Store, request: TaskScanRequest, indexed: Sql, residual: Sql) {
  const order = taskOrder(request.sort);
  const found: ScannedRow[] = [];
  let after = request.after;
  for (let scanned = 0; scanned < SCAN_LIMIT; scanned += WINDOW_ROWS) {
    const where = and(indexed, after && afterTaskCursor(after));
    const rows = await store.client.$queryRaw<(ScannedRow & { matched: unknown; rank: unknown })[]>`
      SELECT * FROM (
        SELECT w.*, CASE WHEN ${residual} THEN 1 ELSE 0 END AS matched FROM (
          SELECT t.*, row_number() OVER (ORDER BY ${order}) AS rank FROM (
            SELECT * FROM task WHERE ${where} ORDER BY ${order} LIMIT ${WINDOW_ROWS}
          ) AS t
        ) AS w
      ) AS m WHERE matched = 1 OR rank = ${WINDOW_ROWS} ORDER BY rank`;
    found.push(...rows.filter((row) => Number(row.matched) === 1));
    if (found.length >= request.limit) return { rows: found.slice(0, request.limit), stoppedAt: null };
    const last = rows.at(-1);
    if (last === undefined || Number(last.rank) < WINDOW_ROWS) return { rows: found, stoppedAt: null };
    after = { sort: request.sort, value: null, sortAt: toNumber(last.sort_at), id: last.id };
    if (scanned + WINDOW_ROWS >= SCAN_LIMIT) return { rows: found, stoppedAt: last };
  }
  return { rows: found, stoppedAt: null };
}

/** Counts what matches, window after window from the newest on, up to `cap`. */
export async function countMatches(
  store: Store,
  { indexed, residual }: { readonly indexed: Sql; readonly residual: Sql },
  cap: number,
): Promise<TaskCount> {
  const order = taskOrder("-finishedAt");
  let count = 0;
  let after: StoredTaskCursor | null = null;
  for (let scanned = 0; scanned < SCAN_LIMIT; scanned += WINDOW_ROWS) {
    const where = and(indexed, after && afterTaskCursor(after));
    const isLast = sql`rank = ${WINDOW_ROWS}`;
    const [row]: CountRow[] = await store.client.$queryRaw<CountRow[]>`
      SELECT sum(CASE WHEN ${residual} THEN 1 ELSE 0 END) AS matches,
        max(CASE WHEN ${isLast} THEN sort_at END) AS last_sort_at, max(CASE WHEN ${isLast} THEN id END) AS last_id
      FROM (
        SELECT t.*, row_number() OVER (ORDER BY ${order}) AS rank FROM (
          SELECT * FROM task WHERE ${where} ORDER BY ${order} LIMIT ${WINDOW_ROWS}
        ) AS t
      ) AS w`;
    count += toNumber(row?.matches ?? 0);
    if (count > cap) return { count: cap, exact: false };
    const { last_id: id = null, last_sort_at: sortAt = null } = row ?? {};
    if (id === null || sortAt === null) return { count, exact: true };
    after = { sort: "-finishedAt", value: null, sortAt: toNumber(sortAt), id };
  }
  return { count, exact: false };
}

/** In another order: the newest rows of the time range, judged and sorted; older ones are left out. */
async function sortNewest(store: Store, request: TaskScanRequest, indexed: Sql, residual: Sql) {
  const where = and(residual, request.after && afterTaskCursor(request.after));
  const newest = sql`SELECT * FROM task WHERE ${indexed} ORDER BY sort_at DESC, id DESC LIMIT ${SCAN_LIMIT}`;
  const rows = await store.client.$queryRaw<ScannedRow[]>`
    SELECT * FROM (${newest}) AS t WHERE ${where} ORDER BY ${taskOrder(request.sort)} LIMIT ${request.limit}`;
  const beyond = await store.client.$queryRaw<ScannedRow[]>`
    SELECT * FROM task WHERE ${indexed} ORDER BY sort_at DESC, id DESC LIMIT 1 OFFSET ${SCAN_LIMIT}`;
  return { rows, stoppedAt: beyond[0] ?? null };
}
