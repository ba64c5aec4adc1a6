import { join, sqltag as sql } from "@prisma/client/runtime/client";
import type { Dialect } from "./dialect";
import { escapeLike, wildcardToLike } from "./like";

/** PostgreSQL: instants are timestamptz; the "C" collation compares bytes, orders by code point and folds A–Z only. */
export const postgresqlDialect: Dialect = {
  text: (value, chars) =>
    chars === undefined ? sql`CAST(${value} AS text)` : sql`left(${value}, CAST(${chars} AS integer))`,
  length: (column) => sql`length(${column})`,
  integer: (digits) => sql`CAST(${digits} AS bigint)`,
  instantText: (column) => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`,
  instant: (text) => sql`CAST(${`${text}+00`} AS timestamptz)`,
  microsBetween: (start, end) =>
    sql`CAST(round(extract(epoch FROM (${end} - ${start})) * 1000000) AS bigint)`,
  between: (start, end) => sql`(${end} - ${start})`,
  duration: (micros) => sql`(CAST(${micros} AS bigint) * interval '1 microsecond')`,
  // Its statistics tell it what an index is worth.
  unindexed: (column) => column,
  isOneOf: (column, values) => sql`${column} IN (${join(values)})`,
  matches: (column, pattern) => sql`${column} COLLATE "C" LIKE ${wildcardToLike(pattern)} ESCAPE '!'`,
  contains: (column, text) => sql`${column} COLLATE "C" ILIKE ${`%${escapeLike(text)}%`} ESCAPE '!'`,
  byCodePoint: (column) => sql`${column} COLLATE "C"`,
  distinct: (column, table, limit) => sql`
    WITH RECURSIVE names(name) AS (
      SELECT min(${column}) FROM ${table}
      UNION ALL
      SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > names.name) FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL LIMIT CAST(${limit} AS bigint)`,
  estimate: (select) => sql`EXPLAIN (FORMAT JSON) ${select}`,
  // to_regclass follows the search_path, as the queries do.
  distinctByIndex: null,
  isAlike: (column, value) => sql`${column} = ${value}`,
  columnsOf: (table) => sql`
    SELECT CAST(attname AS text) AS name FROM pg_catalog.pg_attribute
    WHERE attrelid = to_regclass(CAST(${table} AS text)) AND attnum > 0 AND NOT attisdropped`,
  readOnlyCheck: sql`
    SELECT CASE WHEN current_setting('transaction_read_only') = 'on' THEN 1 ELSE 0 END AS enforced`,
};
