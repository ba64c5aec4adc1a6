import { jsonRows } from "./json-rows";
import { sql } from "./sql";
import type { Store } from "./store";

/** Task id → what its last failure's event said of the exception; at most a few thousand ids at once. */
export async function listTaskErrors(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = jsonRows(
    store.provider,
    ids.map((id) => ({ wanted_id: id })),
    { wanted_id: "text" },
  );
  const rows = await store.client.$queryRaw<{ id: string; exception: string }[]>(sql`
    SELECT id, exception FROM task
    WHERE id IN (SELECT wanted_id FROM ${wanted}) AND exception IS NOT NULL`);
  return new Map(rows.map((row) => [row.id, row.exception]));
}
