import { empty, join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Dialect } from "./dialect";
import { escapeLike, wildcardToLike } from "./like";

/**
 * MySQL and MariaDB: instants are datetime(6) in UTC without a zone. Default collations ignore case, accents and
 * trailing spaces, so text is compared as bytes of UTF-8.
 */
export const mysqlDialect: Dialect = {
  text: (value, chars) =>
    chars === undefined ? sql`CAST(${value} AS CHAR)` : sql`LEFT(${value}, CAST(${chars} AS SIGNED))`,
  length: (column) => sql`CHAR_LENGTH(${column})`,
  integer: (digits) => sql`CAST(${digits} AS SIGNED)`,
  instantText: (column) => sql`DATE_FORMAT(${column}, '%Y-%m-%d %H:%i:%s.%f')`,
  instant: (text) => sql`CAST(${text} AS DATETIME(6))`,
  microsBetween: (start, end) => sql`TIMESTAMPDIFF(MICROSECOND, ${start}, ${end})`,
  between: (start, end) => sql`TIMESTAMPDIFF(MICROSECOND, ${start}, ${end})`,
  duration: (micros) => sql`CAST(${micros} AS SIGNED)`,
  // It takes the index of a state or a name that many rows have, and sorts them all.
  unindexed: (column) => sql`CONCAT(${column})`,
  isOneOf: (column, values) =>
    sql`(${indexableIsOneOf(column, values)}${bytes(column)} IN (${join(values.map((value) => bytes(sql`${value}`)))}))`,
  matches: (column, pattern) => sql`${unfolded(column)} LIKE ${wildcardToLike(pattern)} ESCAPE '!'`,
  contains: (column, text) =>
    sql`(${folded(column)} LIKE ${folded(sql`${`%${escapeLike(text)}%`}`)} ESCAPE '!'${andExactBeyondAscii(column, text)})`,
  byCodePoint: bytes,
  distinct: (column, table, limit) => sql`
    SELECT CONVERT(name USING utf8mb4) AS name FROM (
      SELECT DISTINCT ${bytes(column)} AS name FROM ${table} WHERE ${column} IS NOT NULL LIMIT ${limit}
    ) AS names`,
  // MySQL 8 has no EXTENDED any more, and may be set to explain in another form.
  estimate: (select) => sql`EXPLAIN /*M! EXTENDED */ /*!50720 FORMAT=TRADITIONAL */ ${select}`,
  distinctByIndex: (column, table, limit) => sql`
    SELECT CONVERT(${column} USING utf8mb4) AS name FROM ${table} WHERE ${column} IS NOT NULL
    GROUP BY ${column} LIMIT ${limit}`,
  isAlike: (column, value) => sql`${column} = ${value}`,
  columnsOf: (table) => sql`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = ${table}`,
  // The first comment is code for MariaDB alone, the second for MySQL alone: the variable has a name in each.
  readOnlyCheck: sql`SELECT /*M! @@session.tx_read_only */ /*!50720 @@session.transaction_read_only */ AS enforced`,
};

/** The text's bytes in UTF-8: compares exactly, where `utf8mb4_bin` with `=` would still ignore trailing spaces. */
function bytes(value: Sql): Sql {
  return sql`CAST(CONVERT(${value} USING utf8mb4) AS BINARY)`;
}

function unfolded(value: Sql): Sql {
  return sql`CONVERT(${value} USING utf8mb4) COLLATE utf8mb4_bin`;
}

function folded(value: Sql): Sql {
  return sql`LOWER(CONVERT(${value} USING utf8mb4)) COLLATE utf8mb4_bin`;
}

/** A first sieve in the column's own collation, which can use its index. Other characters may not exist in its charset. */
function indexableIsOneOf(column: Sql, values: readonly string[]): Sql {
  return values.every(isAscii) ? sql`${column} IN (${join(values)}) AND ` : empty;
}

/** LOWER folds É too, the other databases don't: what is not ASCII must also be there exactly as given. */
function andExactBeyondAscii(column: Sql, text: string): Sql {
  if (isAscii(text)) return empty;
  const pattern = escapeLike(text).replace(/[A-Za-z]/g, "_");
  return sql` AND ${unfolded(column)} LIKE ${`%${pattern}%`} ESCAPE '!'`;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
