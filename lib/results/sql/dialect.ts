import type { Sql } from "@prisma/client/runtime/client";

/**
 * What differs between the three databases. Every comparison means the same on each of them: names and ids byte for
 * byte (MySQL's collations would ignore case and trailing spaces), order by code point, text search with A–Z equal to
 * a–z and every other character equal to itself only, instants to the microsecond.
 */
export interface Dialect {
  /** The value as text, of at most `chars` characters where given. */
  text(value: Sql, chars?: number): Sql;
  /** The number of characters in a text column. */
  length(column: Sql): Sql;
  /** An integer given as decimal digits, at its place in a comparison. */
  integer(digits: string): Sql;
  /** The instant in a column as `YYYY-MM-DD HH:MM:SS[.ffffff]` in UTC. */
  instantText(column: Sql): Sql;
  /** An instant given as text in UTC, to be compared with a column; leaves an index on that column usable. */
  instant(text: string): Sql;
  /** Microseconds from one instant column to another, as an integer. */
  microsBetween(start: Sql, end: Sql): Sql;
  /** The same as the database's own kind of duration, which costs less to compare and can be in an index. */
  between(start: Sql, end: Sql): Sql;
  /** Microseconds given as decimal digits, to be compared with what `between` gives. */
  duration(micros: string): Sql;
  /** The column in a form for which no index is looked at, where the database would choose one badly. */
  unindexed(column: Sql): Sql;
  /** The column is exactly one of `values` (which is not empty). */
  isOneOf(column: Sql, values: readonly string[]): Sql;
  /** The column matches `pattern`, where `*` stands for any run of characters and nothing else is special. */
  matches(column: Sql, pattern: string): Sql;
  /** The column holds `text`; A–Z match a–z. */
  contains(column: Sql, text: string): Sql;
  /** The column's text in an order by code point. */
  byCodePoint(column: Sql): Sql;
  /** Distinct values of a column, NULL left out, at most `limit`, in no order; one field, `name`. */
  distinct(column: Sql, table: Sql, limit: number): Sql;
  /**
   * The same as `distinct` by the index alone, where that takes more than an index: of values that the column's
   * collation takes for equal only one. Null where `distinct` is fast.
   */
  readonly distinctByIndex: ((column: Sql, table: Sql, limit: number) => Sql) | null;
  /** The column is what its collation takes for `value`. */
  isAlike(column: Sql, value: string): Sql;
  /** Asks for the database's own guess of how many rows `select` gives. */
  estimate(select: Sql): Sql;
  /** The names of a table's columns, one a row, in a field `name`; no rows when it isn't there. */
  columnsOf(table: string): Sql;
  /** One row with a field `enforced`: 1 when this session refuses writes, else 0. */
  readonly readOnlyCheck: Sql;
}
