import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { AppError } from "@/lib/errors";
import { formatInstantText } from "../instant-text";
import type { ResultFilter } from "../results";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";

/** At most so many ids in one statement: MySQL and PostgreSQL take 65,535 parameters, SQLite 32,766. */
const MAX_IDS = 10_000;

/** The fields of a filter that Django has an index for, beside the dates. */
export const FIELD_COLUMNS = {
  states: COLUMN.status,
  names: COLUMN.name,
  workers: COLUMN.worker,
} as const;
export type IndexedField = keyof typeof FIELD_COLUMNS;

export interface IndexHint {
  /** What to find the rows by; by any index, as the database likes, where absent. */
  readonly by?: IndexedField | "dates";
}

/**
 * Writes a filter as the condition of a WHERE clause, every value a parameter. Throws AppError `bad_request` for what
 * no database can search: a NUL character, or more than 10,000 ids.
 */
export function filterSql(dialect: Dialect, filter: ResultFilter, hint: IndexHint = {}): Sql {
  refuseUnsearchable(filter);
  const conditions: Sql[] = [];
  const column = (field: keyof typeof FIELD_COLUMNS) =>
    hint.by === undefined || hint.by === field
      ? FIELD_COLUMNS[field]
      : dialect.unindexed(FIELD_COLUMNS[field]);
  if (filter.states?.length) conditions.push(dialect.isOneOf(column("states"), filter.states));
  if (filter.names?.length) {
    conditions.push(orNull(filter, column("names"), nameSql(dialect, column("names"), filter.names)));
  }
  if (filter.workers?.length) {
    conditions.push(orNull(filter, column("workers"), dialect.isOneOf(column("workers"), filter.workers)));
  }
  if (filter.from !== undefined) {
    conditions.push(sql`${COLUMN.doneAt} >= ${dialect.instant(formatInstantText(filter.from))}`);
  }
  if (filter.to !== undefined) {
    conditions.push(sql`${COLUMN.doneAt} < ${dialect.instant(formatInstantText(filter.to))}`);
  }
  if (filter.text) conditions.push(orNull(filter, COLUMN.args, textSql(dialect, filter.text)));
  if (filter.ids !== undefined) conditions.push(idsSql(dialect, filter.ids));
  if (filter.unstored === "only") conditions.push(unstoredSql(filter));
  return conditions.length === 0 ? sql`1 = 1` : join(conditions, " AND ");
}

function nameSql(dialect: Dialect, column: Sql, names: readonly string[]): Sql {
  const exact = names.filter((name) => !name.includes("*"));
  const alternatives = names
    .filter((name) => name.includes("*"))
    .map((pattern) => dialect.matches(column, pattern));
  if (exact.length > 0) alternatives.push(dialect.isOneOf(column, exact));
  return sql`(${join(alternatives, " OR ")})`;
}

function orNull(filter: ResultFilter, column: Sql, condition: Sql): Sql {
  return filter.unstored ? sql`(${condition} OR ${column} IS NULL)` : condition;
}

/** At least one of the columns that the filter asks for is NULL. */
function unstoredSql({ names, workers, text }: ResultFilter): Sql {
  const nulls: Sql[] = [];
  if (names?.length) nulls.push(sql`${COLUMN.name} IS NULL`);
  if (workers?.length) nulls.push(sql`${COLUMN.worker} IS NULL`);
  if (text) nulls.push(sql`${COLUMN.args} IS NULL`);
  return nulls.length === 0 ? sql`1 = 0` : sql`(${join(nulls, " OR ")})`;
}

function idsSql(dialect: Dialect, ids: readonly string[]): Sql {
  return ids.length === 0 ? sql`1 = 0` : dialect.isOneOf(COLUMN.taskId, ids);
}

/** A reader searches what she sees, but args and results are stored as JSON, where `é` is `\u00e9` and `"` is `\"`. */
function textSql(dialect: Dialect, text: string): Sql {
  const columns = [COLUMN.args, COLUMN.kwargs, COLUMN.result, COLUMN.traceback];
  const asJson = escapeAsPythonJson(text);
  const conditions = columns.map((column) => dialect.contains(column, text));
  conditions.push(dialect.isOneOf(COLUMN.taskId, [text]));
  if (asJson !== text)
    conditions.push(...columns.slice(0, 3).map((column) => dialect.contains(column, asJson)));
  return sql`(${join(conditions, " OR ")})`;
}

/** The inside of a JSON string as Python's json.dumps writes it: ASCII only. */
function escapeAsPythonJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function refuseUnsearchable(filter: ResultFilter): void {
  const texts = [filter.states, filter.names, filter.workers, filter.ids, filter.text].flat();
  if (texts.some((text) => text?.includes("\0"))) {
    throw new AppError("bad_request", "A filter takes no NUL character; remove it.");
  }
  if ((filter.ids?.length ?? 0) > MAX_IDS) {
    throw new AppError("bad_request", `ids takes at most ${MAX_IDS} ids at a time; take fewer, or a filter.`);
  }
}
