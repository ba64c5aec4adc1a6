import { readTaskTables } from "./read-task-tables";
import { selectById } from "./select-by-id";
import { sql } from "./sql";
import type { Store } from "./store";

/** Task id → what its last failure's event said of the exception; at most a few thousand ids at once. */
export async function listTaskErrors(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await readTaskTables(store, (tables) =>
    selectById<{ id: string; exception: string | null }>(store, tables, ids, sql`id, exception`),
  );
  return new Map(
    [...rows.values()].flatMap(({ id, exception }) => (exception === null ? [] : [[id, exception]])),
  );
}
