import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { AppError } from "@/lib/errors";
import { isInstantText } from "../instant-text";
import type { ResultCursor, ResultSort, ResultTableShape } from "../results";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";
import { runtimeMicrosSql } from "./runtime-sql";

/** How a page is ordered and continued. Rows without a key (no name, no known runtime) come last. */
export interface PageOrder {
  /** The order's key as text, kept in the cursor. */
  readonly key: Sql;
  readonly orderBy: Sql;
  /** The rows that come after a cursor. */
  after(cursor: ResultCursor): Sql;
}

/**
 * Returns the order of a sort. Ties are broken by the primary key, the newest first but in `finishedAt`. `after`
 * throws AppError `bad_request` for a cursor that is not of this sort.
 */
export function orderSql(dialect: Dialect, sort: ResultSort, shape: ResultTableShape): PageOrder {
  switch (sort) {
    case "-finishedAt":
      return doneOrder(dialect, sql`<`, sql`DESC`);
    case "finishedAt":
      return doneOrder(dialect, sql`>`, sql`ASC`);
    case "-runtime":
      return runtimeOrder(dialect, shape);
    case "name":
      return nameOrder(dialect);
  }
}

function doneOrder(dialect: Dialect, beyond: Sql, direction: Sql): PageOrder {
  return {
    key: dialect.instantText(COLUMN.doneAt),
    orderBy: sql`${COLUMN.doneAt} ${direction}, ${COLUMN.id} ${direction}`,
    after: ({ value, rowId }) => {
      const instant = dialect.instant(checkedValue(value, isInstantText));
      // The first comparison alone is what an index on date_done can use.
      return sql`${COLUMN.doneAt} ${beyond}= ${instant} AND (${COLUMN.doneAt} ${beyond} ${instant} OR ${COLUMN.id} ${beyond} ${idSql(dialect, rowId)})`;
    },
  };
}

function runtimeOrder(dialect: Dialect, shape: ResultTableShape): PageOrder {
  const runtime = runtimeMicrosSql(dialect, shape);
  return {
    key: dialect.text(runtime),
    orderBy: sql`CASE WHEN ${runtime} IS NULL THEN 1 ELSE 0 END, ${runtime} DESC, ${COLUMN.id} DESC`,
    after: ({ value, rowId }) => {
      const later = sql`${COLUMN.id} < ${idSql(dialect, rowId)}`;
      if (value === null) return sql`(${runtime} IS NULL AND ${later})`;
      const micros = dialect.integer(checkedValue(value, isInteger));
      return sql`(${runtime} < ${micros} OR (${runtime} = ${micros} AND ${later}) OR ${runtime} IS NULL)`;
    },
  };
}

function nameOrder(dialect: Dialect): PageOrder {
  const name = dialect.byCodePoint(COLUMN.name);
  return {
    key: COLUMN.name,
    orderBy: sql`CASE WHEN ${COLUMN.name} IS NULL THEN 1 ELSE 0 END, ${name} ASC, ${COLUMN.id} DESC`,
    after: ({ value, rowId }) => {
      const later = sql`${COLUMN.id} < ${idSql(dialect, rowId)}`;
      if (value === null) return sql`(${COLUMN.name} IS NULL AND ${later})`;
      const last = dialect.byCodePoint(sql`${value}`);
      return sql`(${name} > ${last} OR (${name} = ${last} AND ${later}) OR ${COLUMN.name} IS NULL)`;
    },
  };
}

function idSql(dialect: Dialect, rowId: string): Sql {
  return dialect.integer(checkedValue(rowId, isInteger));
}

function isInteger(text: string): boolean {
  return /^-?\d{1,18}$/.test(text);
}

/** A cursor comes back through a URL, so anyone may have written it. */
function checkedValue(value: string | null, isValid: (text: string) => boolean): string {
  if (value !== null && isValid(value)) return value;
  throw new AppError("bad_request", "cursor: is not one that this list gave; start again without it.");
}
