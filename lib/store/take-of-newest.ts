import { doublingParts } from "./doubling-parts";
import { rawSql, type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";
import type { OrderedTaskRow } from "./task-row";
import { type TaskTable, unionTables } from "./task-tables";
import { SCAN_LIMIT } from "./walk-windows";

const NEWEST_FIRST = sql`sort_at DESC, id DESC`;

interface Newest {
  /** Table → how many of its newest rows are among them. */
  readonly shares: ReadonlyMap<TaskTable, number>;
  /** The table with the first row that is not, or null when all are. */
  readonly cutIn: TaskTable | null;
}

/** Some of the newest rows, in an order of their own. */
interface NewestTaking {
  readonly indexed: Sql;
  readonly where: Sql;
  readonly order: Sql;
  readonly limit: number;
}

/**
 * The first rows, in `order`, of those that fulfil `where` among the newest 100,000 that fulfil `indexed`, which an index
 * answers; and the row that follows these, or null when there are no more. `tables` are in the order of `-finishedAt`.
 */
export async function takeOfNewest(
  store: Store,
  tables: readonly TaskTable[],
  { indexed, where, order, limit }: NewestTaking,
): Promise<{ readonly rows: readonly OrderedTaskRow[]; readonly next: OrderedTaskRow | null }> {
  const { shares, cutIn } = await shareOut(store, tables, indexed);
  const those = [...shares.keys()].filter((table) => shares.get(table) !== 0);
  if (those.length === 0) return { rows: [], next: null };
  const take = (name: Sql, table: TaskTable) => sql`
    SELECT * FROM (
      SELECT * FROM ${name} WHERE ${indexed} ORDER BY ${NEWEST_FIRST} LIMIT ${shares.get(table) ?? 0}
    ) AS newest WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
  const rows = await store.client.$queryRaw<OrderedTaskRow[]>(sql`
    SELECT * FROM (${unionTables(those, take)}) AS t ORDER BY ${order} LIMIT ${limit}`);
  if (cutIn === null) return { rows, next: null };
  const beyond = await store.client.$queryRaw<OrderedTaskRow[]>(sql`
    SELECT * FROM ${rawSql(cutIn.name)} WHERE ${indexed} ORDER BY ${NEWEST_FIRST}
    LIMIT 1 OFFSET ${shares.get(cutIn) ?? 0}`);
  return { rows, next: beyond[0] ?? null };
}

async function shareOut(store: Store, tables: readonly TaskTable[], indexed: Sql): Promise<Newest> {
  const shares = new Map<TaskTable, number>();
  let left = SCAN_LIMIT;
  for (const part of doublingParts(tables)) {
    const counts = await countRows(store, part, indexed, left + 1);
    for (const table of part) {
      const count = counts.get(table.name) ?? 0;
      shares.set(table, Math.min(count, left));
      if (count > left) return { shares, cutIn: table };
      left -= count;
    }
  }
  return { shares, cutIn: null };
}

async function countRows(
  store: Store,
  tables: readonly TaskTable[],
  indexed: Sql,
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  const count = (name: Sql, table: TaskTable) => sql`
    SELECT '${rawSql(table.name)}' AS name, count(*) AS count
    FROM (SELECT 1 FROM ${name} WHERE ${indexed} LIMIT ${limit}) AS counted`;
  const rows = await store.client.$queryRaw<{ name: string; count: number | bigint }[]>(
    unionTables(tables, count),
  );
  return new Map(rows.map((row) => [row.name, toNumber(row.count)]));
}
