import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { AppError } from "@/lib/errors";
import { isInstantText } from "../instant-text";
import type { ResultCursor, ResultSort, ResultTableShape } from "../results";
import type { OneName } from "../search/result-reader";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";
import { hasRuntimeSql, runtimeSql } from "./runtime-sql";

/** A run of rows within an order, ordered and continued in a form that an index can serve. */
export interface OrderSegment {
  /** Whether no index of Django's has this order, so that all of its rows are sorted for a page. */
  readonly isSorted: boolean;
  /** What its rows have in common; null where all rows are in it. */
  readonly condition: Sql | null;
  /** The order's key as text, kept in the cursor; NULL in a segment of rows without one. */
  readonly key: Sql;
  readonly orderBy: Sql;
  /** The rows of this segment that come after a cursor. */
  after(cursor: ResultCursor): Sql;
}

/**
 * Returns the segments of a sort, one after the other: where rows may lack the key (no name, no known runtime), these
 * come last in a segment of their own, whose cursors have no value. Ties are broken by the primary key, the newest
 * first but in `finishedAt`. `after` throws AppError `bad_request` for a cursor that is not of this sort.
 */
export function orderSegments(
  dialect: Dialect,
  sort: ResultSort,
  shape: ResultTableShape,
): readonly OrderSegment[] {
  switch (sort) {
    case "-finishedAt":
      return [doneSegment(dialect, sql`<`, sql`DESC`)];
    case "finishedAt":
      return [doneSegment(dialect, sql`>`, sql`ASC`)];
    case "-runtime":
      return shape.hasDateStarted ? runtimeSegments(dialect) : [keylessSegment(dialect, null)];
    case "name":
      return nameSegments(dialect);
  }
}

function doneSegment(dialect: Dialect, beyond: Sql, direction: Sql): OrderSegment {
  return {
    isSorted: false,
    condition: null,
    key: dialect.instantText(COLUMN.doneAt),
    orderBy: sql`${COLUMN.doneAt} ${direction}, ${COLUMN.id} ${direction}`,
    after: ({ value, rowId }) => {
      const instant = dialect.instant(checkedValue(value, isInstantText));
      // The first comparison alone is what an index on date_done can use.
      return sql`${COLUMN.doneAt} ${beyond}= ${instant} AND (${COLUMN.doneAt} ${beyond} ${instant} OR ${COLUMN.id} ${beyond} ${idSql(dialect, rowId)})`;
    },
  };
}

function runtimeSegments(dialect: Dialect): readonly OrderSegment[] {
  const isKnown = hasRuntimeSql(dialect);
  const runtime = runtimeSql(dialect);
  const known: OrderSegment = {
    isSorted: true,
    condition: isKnown,
    key: dialect.text(dialect.microsBetween(COLUMN.startedAt, COLUMN.doneAt)),
    orderBy: sql`${runtime} DESC, ${COLUMN.id} DESC`,
    after: ({ value, rowId }) => {
      const last = dialect.duration(checkedValue(value, isInteger));
      return sql`${runtime} <= ${last} AND (${runtime} < ${last} OR ${COLUMN.id} < ${idSql(dialect, rowId)})`;
    },
  };
  return [known, keylessSegment(dialect, sql`(${isKnown}) IS NOT TRUE`)];
}

function nameSegments(dialect: Dialect): readonly OrderSegment[] {
  const column = dialect.unindexed(COLUMN.name);
  const name = dialect.byCodePoint(column);
  const named: OrderSegment = {
    isSorted: true,
    condition: sql`${column} IS NOT NULL`,
    key: COLUMN.name,
    orderBy: sql`${name} ASC, ${COLUMN.id} DESC`,
    after: ({ value, rowId }) => {
      const last = dialect.byCodePoint(sql`${value}`);
      return sql`${name} >= ${last} AND (${name} > ${last} OR ${COLUMN.id} < ${idSql(dialect, rowId)})`;
    },
  };
  return [named, keylessSegment(dialect, sql`${COLUMN.name} IS NULL`)];
}

/** The rows of one name, or of none, in the order of a list by name: the index on the name finds them. */
export function oneNameSegment(dialect: Dialect, { name, isAlike }: OneName): OrderSegment {
  return {
    isSorted: false,
    condition:
      name === null
        ? sql`${COLUMN.name} IS NULL`
        : isAlike
          ? dialect.isAlike(COLUMN.name, name)
          : dialect.isOneOf(COLUMN.name, [name]),
    key: name === null ? sql`NULL` : dialect.text(sql`${name}`),
    orderBy: sql`${COLUMN.id} DESC`,
    after: ({ rowId }) => sql`${COLUMN.id} < ${idSql(dialect, rowId)}`,
  };
}

function keylessSegment(dialect: Dialect, condition: Sql | null): OrderSegment {
  return {
    isSorted: false,
    condition,
    key: sql`NULL`,
    orderBy: sql`${COLUMN.id} DESC`,
    after: ({ value, rowId }) => {
      if (value !== null) throw notOfThisList();
      return sql`${COLUMN.id} < ${idSql(dialect, rowId)}`;
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
  throw notOfThisList();
}

function notOfThisList(): AppError {
  return new AppError("bad_request", "cursor: is not one that this list gave; start again without it.");
}
