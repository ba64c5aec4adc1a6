import type { TaskRecord } from "@/lib/celery/task-record";
import { jsonRows } from "./json-rows";
import { countMatches, type ScannedRow, scanTasks, type TaskCount } from "./scan-tasks";
import { rawSql, sql, toNumber } from "./sql";
import type { Store } from "./store";
import {
  type StoredTaskCursor,
  type StoredTaskFilter,
  type StoredTaskSort,
  splitTaskFilter,
} from "./task-query";
import { TASK_COLUMNS, type TaskRow, toTaskRecord, toTaskRow, UNFINISHED_SORT_AT } from "./task-row";

const MAX_IDS = 10_000;

export interface StoredTaskPage {
  readonly tasks: readonly TaskRecord[];
  /** Where the next page starts, or null at the end. */
  readonly next: StoredTaskCursor | null;
  /** Epoch ms: set when a search over many rows stopped before the end, how far back it looked. */
  readonly searchedBackTo: number | null;
}

/** Writes the records over what was there, all columns, in one statement. Of two with one id the later counts. */
export async function upsertTasks(store: Store, records: readonly TaskRecord[]): Promise<void> {
  if (records.length === 0) return;
  const unique = new Map(records.map((record) => [record.id, record]));
  const rows = jsonRows(store.provider, [...unique.values()].map(toTaskRow), TASK_COLUMNS);
  const columns = Object.keys(TASK_COLUMNS);
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const list = rawSql(columns.join(", "));
  await store.client.$executeRaw`
    INSERT INTO task (${list}) SELECT ${list} FROM ${rows} WHERE true
    ON CONFLICT (id) DO UPDATE SET ${rawSql(updates.join(", "))}`;
}

/** The task's record, or null when no event of it was kept. */
export async function getTask(store: Store, id: string): Promise<TaskRecord | null> {
  return (await listTasksById(store, [id])).get(id) ?? null;
}

/** The records of the ids that are known, at most 10,000 a call. */
export async function listTasksById(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  if (ids.length === 0) return new Map();
  if (ids.length > MAX_IDS) throw new RangeError(`listTasksById takes at most ${MAX_IDS} ids`);
  const wanted = jsonRows(
    store.provider,
    ids.map((id) => ({ wanted_id: id })),
    { wanted_id: "text" },
  );
  const rows = await store.client.$queryRaw<TaskRow[]>`
    SELECT * FROM task WHERE id IN (SELECT wanted_id FROM ${wanted})`;
  return new Map(rows.map((row) => [row.id, toTaskRecord(row)]));
}

/**
 * A page of tasks in the order of `sort`; keyset-paged by `after`. A filter that no index answers looks at 100,000
 * rows at most: then the page may be short, or empty, and still have a next one.
 */
export async function listTasks(
  store: Store,
  filter: StoredTaskFilter,
  sort: StoredTaskSort,
  limit: number,
  after: StoredTaskCursor | null,
): Promise<StoredTaskPage> {
  const scan = await scanTasks(store, { filter, sort, after, limit: limit + 1 });
  const page = scan.rows.slice(0, limit);
  const last = scan.rows.length > limit ? page.at(-1) : byTime(sort) ? scan.stoppedAt : null;
  return {
    tasks: page.map(toTaskRecord),
    next: last ? toCursor(last, sort) : null,
    searchedBackTo: scan.stoppedAt && toNumber(scan.stoppedAt.finished_at ?? scan.stoppedAt.state_at),
  };
}

/** How many tasks match; `exact` is false when counting stopped, at `cap` or at 100,000 rows looked at. */
export async function countTasks(store: Store, filter: StoredTaskFilter, cap: number): Promise<TaskCount> {
  const states = new Set(filter.states);
  if (states.size > 1) return countEachState(store, filter, states, cap);
  const { indexed, residual } = splitTaskFilter(store.provider, filter);
  if (residual !== null) return countMatches(store, { indexed, residual }, cap);
  const [row] = await store.client.$queryRaw<{ count: number | bigint }[]>`
    SELECT count(*) AS count FROM (SELECT 1 FROM task WHERE ${indexed} LIMIT ${cap + 1}) AS t`;
  const count = toNumber(row?.count ?? 0);
  return { count: Math.min(count, cap), exact: count <= cap };
}

/**
 * Deletes up to `limit` tasks whose end (or, unfinished, whose last change) lies before `at`, epoch ms.
 * Returns how many it deleted; fewer than `limit` means that none is left.
 */
export async function deleteTasksBefore(store: Store, at: number, limit: number): Promise<number> {
  const ranges = [
    sql`sort_at < ${at}`,
    sql`sort_at >= ${UNFINISHED_SORT_AT} AND sort_at < ${UNFINISHED_SORT_AT + at}`,
  ];
  let deleted = 0;
  for (const range of ranges) {
    if (deleted >= limit) break;
    deleted += await store.client.$executeRaw`
      DELETE FROM task WHERE id IN (
        SELECT id FROM task WHERE ${range} ORDER BY sort_at LIMIT ${limit - deleted})`;
  }
  return deleted;
}

/** One after the other: an index counts the tasks of one state, of several none does. */
async function countEachState(
  store: Store,
  filter: StoredTaskFilter,
  states: ReadonlySet<string>,
  cap: number,
): Promise<TaskCount> {
  let sum = 0;
  let exact = true;
  for (const state of states) {
    const part = await countTasks(store, { ...filter, states: [state] }, cap);
    sum += part.count;
    exact &&= part.exact;
    if (sum > cap) return { count: cap, exact: false };
  }
  return { count: sum, exact };
}

function byTime(sort: StoredTaskSort): boolean {
  return sort === "-finishedAt" || sort === "finishedAt";
}

function toCursor(row: ScannedRow, sort: StoredTaskSort): StoredTaskCursor {
  const value = sort === "name" ? row.name : sort === "-runtime" ? row.runtime_seconds : null;
  return { sort, value, sortAt: toNumber(row.sort_at), id: row.id };
}
