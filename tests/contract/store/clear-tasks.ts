import { rawSql, sql } from "@/lib/store/sql";
import type { Store } from "@/lib/store/store";
import { listTaskTables } from "@/lib/store/task-tables";

/** Deletes all tasks; the slices stay. */
export async function clearTasks(store: Store): Promise<void> {
  for (const { name } of await listTaskTables(store)) {
    await store.client.$executeRaw(sql`DELETE FROM ${rawSql(name)}`);
  }
}
