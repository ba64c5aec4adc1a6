import { rawSql, type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";
import { UNFINISHED_SORT_AT } from "./task-row";

/**
 * A table of tasks, and the half-open range of `sort_at` that it holds. The ranges of all tables follow one another and leave
 * nothing out, so that every task has exactly one.
 */
export interface TaskTable {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/** A slice: the table of the tasks that ended in its range. */
export interface TaskSlice extends TaskTable {
  readonly id: number;
  /** Epoch ms. */
  readonly beganAt: number;
  /** The store's used bytes when it began, less what was dropped since. */
  readonly beganBytes: number;
}

/** The table of the tasks that have not ended. */
export const OPEN_TASKS: TaskTable = {
  name: "task_open",
  from: UNFINISHED_SORT_AT,
  until: Number.POSITIVE_INFINITY,
};

interface SliceRow {
  readonly id: number | bigint;
  readonly from_at: number | bigint;
  readonly began_at: number | bigint;
  readonly began_bytes: number | bigint;
}

/** The slices, the newest first: there is always one. */
export async function listTaskSlices(store: Store): Promise<readonly TaskSlice[]> {
  const rows = await store.client.$queryRaw<SliceRow[]>(sql`
    SELECT id, from_at, began_at, began_bytes FROM task_slice ORDER BY id DESC LIMIT 100000`);
  return rows.map((row, place) => {
    const newer = rows[place - 1];
    return {
      id: toNumber(row.id),
      name: `task_slice_${row.id}`,
      from: place === rows.length - 1 ? Number.NEGATIVE_INFINITY : toNumber(row.from_at),
      until: newer ? toNumber(newer.from_at) : UNFINISHED_SORT_AT,
      beganAt: toNumber(row.began_at),
      beganBytes: toNumber(row.began_bytes),
    };
  });
}

/** All tables of tasks, in the order of `-finishedAt`: the unfinished, then the slices, the newest first. */
export async function listTaskTables(store: Store): Promise<readonly TaskTable[]> {
  return [OPEN_TASKS, ...(await listTaskSlices(store))];
}

/** The table that has the tasks of `sortAt`. */
export function findTaskTable(tables: readonly TaskTable[], sortAt: number): TaskTable {
  return tables.find(({ from, until }) => sortAt >= from && sortAt < until) ?? OPEN_TASKS;
}

/** The tables that have tasks of `[from, until)`. */
export function selectTaskTables(
  tables: readonly TaskTable[],
  from: number,
  until: number,
): readonly TaskTable[] {
  return tables.filter((table) => table.from < until && table.until > from);
}

/** A query of what `select` takes from each table, of which it is given the name; in no order. */
export function unionTables(tables: readonly TaskTable[], select: (name: Sql, table: TaskTable) => Sql): Sql {
  return tables
    .map((table) => sql`SELECT * FROM (${select(rawSql(table.name), table)}) AS part`)
    .reduce((union, part) => sql`${union} UNION ALL ${part}`);
}
