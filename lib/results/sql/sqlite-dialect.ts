import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Dialect } from "./dialect";
import { escapeLike, wildcardToGlob } from "./like";

/** SQLite: instants are text as Django writes it (celery-wire.md E.1), comparisons are binary, LIKE folds A–Z only. */
export const sqliteDialect: Dialect = {
  text: (value, chars) =>
    chars === undefined ? sql`CAST(${value} AS TEXT)` : sql`CAST(substr(${value}, 1, ${chars}) AS TEXT)`,
  length: (column) => sql`length(${column})`,
  integer: (digits) => sql`CAST(${digits} AS INTEGER)`,
  instantText: (column) => sql`CAST(${column} AS TEXT)`,
  instant: (text) => sql`${text}`,
  microsBetween: (start, end) => sql`(${epochMicros(end)} - ${epochMicros(start)})`,
  between: (start, end) => sql`(${epochMicros(end)} - ${epochMicros(start)})`,
  duration: (micros) => sql`CAST(${micros} AS INTEGER)`,
  unindexed: (column) => sql`+${column}`,
  isOneOf: (column, values) => sql`${column} IN (${join(values)})`,
  matches: (column, pattern) => sql`${column} GLOB ${wildcardToGlob(pattern)}`,
  contains: (column, text) => sql`${column} LIKE ${`%${escapeLike(text)}%`} ESCAPE '!'`,
  byCodePoint: (column) => column,
  distinct: (column, table, limit) => sql`
    WITH RECURSIVE names(name) AS (
      SELECT min(${column}) FROM ${table}
      UNION ALL
      SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > names.name) FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL LIMIT ${limit}`,
  // It guesses nothing.
  estimate: () => sql`SELECT NULL AS rows`,
  distinctByIndex: null,
  isAlike: (column, value) => sql`${column} = ${value}`,
  columnsOf: (table) => sql`SELECT name FROM pragma_table_info(${table})`,
  // The file is opened with mode=ro, which no statement can undo.
  readOnlyCheck: sql`SELECT 1 AS enforced`,
};

/** strftime knows milliseconds at best, so seconds and fraction are read apart. */
function epochMicros(column: Sql): Sql {
  const seconds = sql`CAST(strftime('%s', substr(${column}, 1, 19)) AS INTEGER)`;
  return sql`(${seconds} * 1000000 + CAST(substr(substr(${column}, 21) || '000000', 1, 6) AS INTEGER))`;
}
