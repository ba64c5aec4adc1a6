import { rawSql, sql } from "./sql";
import type { Store } from "./store";
import type { TaskTable } from "./task-tables";

/** Whether a table of tasks has any. */
export async function hasTasks(store: Store, { name }: TaskTable): Promise<boolean> {
  const rows = await store.client.$queryRaw<unknown[]>(sql`SELECT 1 AS one FROM ${rawSql(name)} LIMIT 1`);
  return rows.length > 0;
}
