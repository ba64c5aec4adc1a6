import { doublingParts } from "./doubling-parts";
import { rawSql, type Sql, sql } from "./sql";
import type { Store } from "./store";
import { type TaskTable, unionTables } from "./task-tables";

/** What to take from tables. */
interface Taking {
  readonly columns: Sql;
  readonly where: Sql;
  readonly order: Sql;
  readonly limit: number;
}

/** A table expression: the first `limit` rows of several tables in an order, along an index of each. */
export function firstOfTables(tables: readonly TaskTable[], { columns, where, order, limit }: Taking): Sql {
  const take = (table: Sql) =>
    sql`SELECT ${columns} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
  const [only] = tables;
  if (only && tables.length === 1) return sql`(${take(rawSql(only.name))})`;
  return sql`(SELECT * FROM (${unionTables(tables, take)}) AS several ORDER BY ${order} LIMIT ${limit})`;
}

/**
 * The first rows of tables that follow one another in `order`, up to `limit`: those that come later are only asked for what
 * the earlier ones don't have.
 */
export async function takeInOrder<Row>(
  store: Store,
  tables: readonly TaskTable[],
  taking: Taking,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const part of doublingParts(tables)) {
    const limit = taking.limit - rows.length;
    if (limit <= 0) break;
    rows.push(
      ...(await store.client.$queryRaw<Row[]>(sql`
        SELECT * FROM ${firstOfTables(part, { ...taking, limit })} AS first ORDER BY ${taking.order}`)),
    );
  }
  return rows;
}
