import { holdTaskSlices } from "./begin-slice";
import { rawSql, sql } from "./sql";
import type { Store } from "./store";
import { getUsedBytes } from "./table-sizes";
import { listTaskSlices, type TaskSlice } from "./task-tables";
import { inTransaction } from "./transaction";

/**
 * Drops the oldest slice if it is still `oldest` and not the newest one, too: in one statement, whatever it holds. Returns
 * whether it did.
 */
export async function dropOldestSlice(store: Store, oldest: TaskSlice): Promise<boolean> {
  return inTransaction(store, async (inside) => {
    await holdTaskSlices(inside);
    const slices = await listTaskSlices(inside);
    if (slices.length < 2 || slices.at(-1)?.id !== oldest.id) return false;
    const before = await getUsedBytes(inside);
    await inside.client.$executeRaw(sql`DROP TABLE ${rawSql(oldest.name)}`);
    await inside.client.$executeRaw(sql`DELETE FROM task_slice WHERE id = ${oldest.id}`);
    const freed = Math.round(before.used - (await getUsedBytes(inside)).used);
    await inside.client.$executeRaw(sql`
      UPDATE task_slice SET began_bytes = began_bytes - CAST(${freed} AS BIGINT)`);
    return true;
  });
}
