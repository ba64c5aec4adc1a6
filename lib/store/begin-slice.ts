import { rawSql, sql } from "./sql";
import type { Store } from "./store";
import { getUsedBytes } from "./table-sizes";
import { TASK_COLUMNS } from "./task-row";
import { listTaskSlices, OPEN_TASKS } from "./task-tables";
import { inTransaction } from "./transaction";

const COLUMNS = rawSql(Object.keys(TASK_COLUMNS).join(", "));

/**
 * Begins a slice for the tasks that end from `at` on (epoch ms). What ended later already, by a clock that is ahead, moves into
 * it. Returns false, and does nothing, where the newest slice begins at `at` or later.
 */
export async function beginTaskSlice(store: Store, at: number, now: number): Promise<boolean> {
  return inTransaction(store, async (inside) => {
    await holdTaskSlices(inside);
    const [newest] = await listTaskSlices(inside);
    if (newest === undefined || at <= newest.from) return false;
    const id = newest.id + 1;
    await createTable(inside, `task_slice_${id}`);
    const [table, old] = [rawSql(`task_slice_${id}`), rawSql(newest.name)];
    await inside.client.$executeRaw(sql`
      INSERT INTO ${table} (${COLUMNS}) SELECT ${COLUMNS} FROM ${old} WHERE sort_at >= ${at}`);
    await inside.client.$executeRaw(sql`DELETE FROM ${old} WHERE sort_at >= ${at}`);
    const { used } = await getUsedBytes(inside);
    await inside.client.$executeRaw(sql`
      INSERT INTO task_slice (id, from_at, began_at, began_bytes) VALUES (${id}, ${at}, ${now}, ${used})`);
    return true;
  });
}

/** Waits until nobody writes tasks, and has all who will wait for this transaction's end. */
export async function holdTaskSlices(inside: Store): Promise<void> {
  // SQLite's transactions hold the write lock from their start.
  if (inside.provider === "sqlite") return;
  // A reader that takes long must not hold up all who write.
  await inside.client.$executeRaw`SET LOCAL lock_timeout = '5s'`;
  await inside.client.$executeRaw`LOCK TABLE task_slice IN EXCLUSIVE MODE`;
}

/** Makes a table like the one of the unfinished tasks, with its indexes: one place says what a table of tasks is. */
async function createTable(inside: Store, name: string): Promise<void> {
  if (inside.provider === "postgresql") {
    await inside.client.$executeRaw(
      sql`CREATE TABLE ${rawSql(name)} (LIKE ${rawSql(OPEN_TASKS.name)} INCLUDING ALL)`,
    );
    return;
  }
  const statements = await inside.client.$queryRaw<{ sql: string }[]>(sql`
    SELECT sql FROM sqlite_schema WHERE tbl_name = ${OPEN_TASKS.name} AND sql IS NOT NULL ORDER BY type = 'index'`);
  for (const { sql: statement } of statements) {
    await inside.client.$executeRaw(rawSql(statement.replaceAll(OPEN_TASKS.name, name)));
  }
}
