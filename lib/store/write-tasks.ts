import type { TaskRecord } from "@/lib/celery/task-record";
import { jsonRows } from "./json-rows";
import { rawSql, sql } from "./sql";
import type { Store } from "./store";
import { TASK_COLUMNS, toTaskRow } from "./task-row";
import { findTaskTable, listTaskTables, type TaskTable } from "./task-tables";

const COLUMNS = Object.keys(TASK_COLUMNS);
const LIST = rawSql(COLUMNS.join(", "));
const UPDATES = rawSql(
  COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(", "),
);

/** A record to write, and the `sort_at` of the row that it takes the place of; null when there is none. */
export interface TaskWrite {
  readonly record: TaskRecord;
  readonly storedAt: number | null;
}

/**
 * Writes tasks, all columns, each into the table that its end belongs to: the row that it takes the place of is deleted where
 * that is another one. To be called in a transaction, with one write an id.
 */
export async function writeTasks(store: Store, writes: readonly TaskWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const tables = await holdTaskTables(store);
  const rows = new Map<TaskTable, ReturnType<typeof toTaskRow>[]>();
  const gone = new Map<TaskTable, string[]>();
  for (const { record, storedAt } of writes) {
    const row = toTaskRow(record);
    const table = findTaskTable(tables, row.sort_at);
    add(rows, table, row);
    const storedIn = storedAt === null ? table : findTaskTable(tables, storedAt);
    if (storedIn !== table) add(gone, storedIn, row.id);
  }
  for (const [table, ids] of gone) await deleteRows(store, table, ids);
  for (const [table, some] of rows) await insertRows(store, table, some);
}

/** The tables of tasks, which stay as they are to the transaction's end. */
async function holdTaskTables(store: Store): Promise<readonly TaskTable[]> {
  // SQLite's transactions hold the write lock; here the lock is the one that whoever begins a slice waits for.
  if (store.provider === "postgresql") {
    await store.client.$executeRaw`LOCK TABLE task_slice IN ROW SHARE MODE`;
  }
  return listTaskTables(store);
}

async function deleteRows(store: Store, table: TaskTable, ids: readonly string[]): Promise<void> {
  const gone = jsonRows(
    store.provider,
    ids.map((id) => ({ gone_id: id })),
    { gone_id: "text" },
  );
  await store.client.$executeRaw(sql`
    DELETE FROM ${rawSql(table.name)} WHERE id IN (SELECT gone_id FROM ${gone})`);
}

async function insertRows(
  store: Store,
  table: TaskTable,
  some: readonly ReturnType<typeof toTaskRow>[],
): Promise<void> {
  const rows = jsonRows(store.provider, some, TASK_COLUMNS);
  await store.client.$executeRaw(sql`
    INSERT INTO ${rawSql(table.name)} (${LIST}) SELECT ${LIST} FROM ${rows} WHERE true
    ON CONFLICT (id) DO UPDATE SET ${UPDATES}`);
}

function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
