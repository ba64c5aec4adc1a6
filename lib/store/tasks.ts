import type { TaskRecord } from "@/lib/celery/task-record";
import { readTaskTables } from "./read-task-tables";
import { chooseTaskTables, countMatches, scanTasks, type TaskCount } from "./scan-tasks";
import { selectById } from "./select-by-id";
import { sql, toNumber } from "./sql";
import type { Store } from "./store";
import {
  type StoredTaskCursor,
  type StoredTaskFilter,
  type StoredTaskSort,
  splitTaskFilter,
} from "./task-query";
import { type OrderedTaskRow, type TaskRow, toTaskRecord } from "./task-row";
import { listTaskTables, type TaskTable, unionTables } from "./task-tables";
import { inTransaction } from "./transaction";
import { writeTasks } from "./write-tasks";

const MAX_IDS = 10_000;
/** Looks for an id in a table, of one call for tasks that may be new. */
const MAX_LOOKS = 20_000;
/** The unfinished and the two newest slices. */
const RECENT_TABLES = 3;

export interface StoredTaskPage {
  readonly tasks: readonly TaskRecord[];
  /** Where the next page starts, or null at the end. */
  readonly next: StoredTaskCursor | null;
  /** Epoch ms: set when a search over many rows stopped before the end, how far back it looked. */
  readonly searchedBackTo: number | null;
}

/**
 * Writes the records over what was there, all columns, in one transaction. Of two with one id the later counts. It looks for each
 * task in every table, which writeEventChanges need not.
 */
export async function upsertTasks(store: Store, records: readonly TaskRecord[]): Promise<void> {
  if (records.length === 0) return;
  const unique = new Map(records.map((record) => [record.id, record]));
  await inTransaction(store, async (inside) => {
    const tables = await listTaskTables(inside);
    const stored = await selectById<StoredPlace>(inside, tables, [...unique.keys()], sql`id, sort_at`);
    const writes = [...unique].map(([id, record]) => {
      const place = stored.get(id);
      return { record, storedAt: place ? toNumber(place.sort_at) : null };
    });
    await writeTasks(inside, writes);
  });
}

interface StoredPlace {
  readonly id: string;
  readonly sort_at: number | bigint;
}

/** The task's record, or null when no event of it was kept. */
export async function getTask(store: Store, id: string): Promise<TaskRecord | null> {
  return (await listTasksById(store, [id])).get(id) ?? null;
}

/** The records of the ids that are known, the newest of each; at most 10,000 a call. */
export async function listTasksById(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  return readTaskTables(store, (tables) => listFrom(store, tables, ids));
}

/**
 * As listTasksById, at a bounded cost: where ids times tables are more than 20,000 looks, only the unfinished tasks and the two
 * newest slices are looked through. So a task that is heard of again long after its end may be taken for a new one.
 */
export async function listRecentTasksById(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  return readTaskTables(store, (tables) =>
    listFrom(store, ids.length * tables.length > MAX_LOOKS ? tables.slice(0, RECENT_TABLES) : tables, ids),
  );
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
  const request = { filter, sort, after, limit: limit + 1 };
  const scan = await readTaskTables(store, (tables) => scanTasks(store, tables, request));
  const page = scan.rows.slice(0, limit);
  const last = scan.rows.length > limit ? page.at(-1) : byTime(sort) ? scan.stoppedAt : null;
  return {
    tasks: dropDoubles(page).map(toTaskRecord),
    next: last ? toCursor(last, sort) : null,
    searchedBackTo: scan.stoppedAt && toNumber(scan.stoppedAt.finished_at ?? scan.stoppedAt.state_at),
  };
}

/** How many tasks match; `exact` is false when counting stopped, at `cap` or at 100,000 rows looked at. */
export async function countTasks(store: Store, filter: StoredTaskFilter, cap: number): Promise<TaskCount> {
  const states = new Set(filter.states);
  if (states.size > 1) return countEachState(store, filter, states, cap);
  const { indexed, residual } = splitTaskFilter(store.provider, filter);
  return readTaskTables(store, async (all) => {
    const tables = chooseTaskTables(all, filter, null);
    if (residual !== null) return countMatches(store, tables, { indexed, residual }, cap);
    if (tables.length === 0) return { count: 0, exact: true };
    const rows = unionTables(tables, (table) => sql`SELECT 1 AS one FROM ${table} WHERE ${indexed}`);
    const [row] = await store.client.$queryRaw<{ count: number | bigint }[]>`
      SELECT count(*) AS count FROM (${rows} LIMIT ${cap + 1}) AS t`;
    const count = toNumber(row?.count ?? 0);
    return { count: Math.min(count, cap), exact: count <= cap };
  });
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

async function listFrom(
  store: Store,
  tables: readonly TaskTable[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  if (ids.length > MAX_IDS) throw new RangeError(`takes at most ${MAX_IDS} ids`);
  const rows = await selectById<TaskRow>(store, tables, ids, sql`task.*`);
  return new Map([...rows].map(([id, row]) => [id, toTaskRecord(row)]));
}

/** A task that ends between two statements is met as one that runs, and as one that has ended. */
function dropDoubles(rows: readonly OrderedTaskRow[]): readonly OrderedTaskRow[] {
  const ids = new Set<string>();
  return rows.filter(({ id }) => !ids.has(id) && ids.add(id));
}

function byTime(sort: StoredTaskSort): boolean {
  return sort === "-finishedAt" || sort === "finishedAt";
}

function toCursor(row: OrderedTaskRow, sort: StoredTaskSort): StoredTaskCursor {
  const value = sort === "name" ? row.name : sort === "-runtime" ? row.runtime_seconds : null;
  return { sort, value, sortAt: toNumber(row.sort_at), id: row.id };
}
