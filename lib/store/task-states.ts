import { readTaskTables } from "./read-task-tables";
import { selectById } from "./select-by-id";
import { sql } from "./sql";
import type { Store } from "./store";
import { selectTaskTables } from "./task-tables";

/** Task id → the state that its events told, for those that are known and did not end before `since`, epoch ms. */
export async function listTaskStates(
  store: Store,
  ids: readonly string[],
  since: number,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await readTaskTables(store, (tables) => {
    const those = selectTaskTables(tables, since, Number.POSITIVE_INFINITY);
    return selectById<{ id: string; state: string }>(store, those, ids, sql`id, state`);
  });
  return new Map([...rows].map(([id, { state }]) => [id, state]));
}
