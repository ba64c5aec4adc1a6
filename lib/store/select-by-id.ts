import { doublingParts } from "./doubling-parts";
import { jsonRows } from "./json-rows";
import { rawSql, type Sql, sql } from "./sql";
import type { Store } from "./store";
import { type TaskTable, unionTables } from "./task-tables";

/**
 * The rows of the ids, the newest of each, looked for in `tables`, which are in the order of `-finishedAt`. `columns` begin with
 * the id. Each table is asked only for what the newer ones don't have.
 */
export async function selectById<Row extends { readonly id: string }>(
  store: Store,
  tables: readonly TaskTable[],
  ids: readonly string[],
  columns: Sql,
): Promise<ReadonlyMap<string, Row>> {
  const found = new Map<string, Row>();
  let missing = [...new Set(ids)];
  for (const part of doublingParts(tables)) {
    if (missing.length === 0) break;
    for (const { place: _, ...row } of await selectFrom<Row>(store, part, missing, columns)) {
      // Of two rows of one id the newer table's comes first.
      if (!found.has(row.id)) found.set(row.id, row as unknown as Row);
    }
    missing = missing.filter((id) => !found.has(id));
  }
  return found;
}

async function selectFrom<Row>(
  store: Store,
  tables: readonly TaskTable[],
  ids: readonly string[],
  columns: Sql,
): Promise<readonly (Row & { readonly place: number; readonly id: string })[]> {
  const wanted = jsonRows(
    store.provider,
    ids.map((id) => ({ wanted_id: id })),
    { wanted_id: "text" },
  );
  let count = 0;
  // CROSS JOIN: SQLite takes what is wanted one by one, and never goes through a table.
  const rows = await store.client.$queryRaw<(Row & { place: number | bigint; id: string })[]>(sql`
    WITH wanted AS MATERIALIZED (SELECT wanted_id FROM ${wanted})
    ${unionTables(
      tables,
      (table) => sql`
      SELECT ${columns}, ${rawSql(String(count++))} AS place FROM wanted CROSS JOIN ${table} AS task WHERE task.id = wanted.wanted_id`,
    )}`);
  return rows
    .map((row) => ({ ...row, place: Number(row.place) }))
    .sort((one, other) => one.place - other.place);
}
