import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { READ_RESULT_CHARS } from "@/lib/celery/error/read-stored-error";
import type { TaskState } from "@/lib/celery/task-state";
import { parseInstantText } from "../instant-text";
import type { EpochMicros, ResultRow, ResultRowDetail, ResultTableShape, RowChoice } from "../results";
import { plausibleStart } from "../runtime";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";

/** A row as our SELECT names its fields; all text, so that no driver rounds an instant or an id. */
export interface RawRow {
  readonly row_id: string;
  readonly task_id: string;
  readonly status: string;
  readonly name: string | null;
  readonly worker: string | null;
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly text_length: string | null;
  readonly content_type: string;
  readonly content_encoding: string;
  readonly created_at: string | null;
  readonly started_at: string | null;
  readonly done_at: string | null;
  readonly periodic_task_name: string | null;
  readonly error: string | null;
}

export interface RawRowDetail extends RawRow {
  readonly result: string | null;
  readonly traceback: string | null;
  readonly meta: string | null;
}

/** Args and kwargs are cut at `chars` characters where given. */
type FieldChoice = Omit<RowChoice, "withArgs"> & { readonly chars?: number };

/**
 * The fields of a list's row; no field has the name of a column that we order by, which ORDER BY would take instead.
 */
export function rowFieldsSql(
  dialect: Dialect,
  shape: ResultTableShape,
  { chars, withErrors = false, withOrigin = true }: FieldChoice = {},
): Sql {
  const none = sql`NULL`;
  return join([
    sql`${dialect.text(COLUMN.id)} AS row_id`,
    sql`${COLUMN.taskId} AS task_id`,
    sql`${COLUMN.status} AS status`,
    sql`${COLUMN.name} AS name`,
    sql`${COLUMN.worker} AS worker`,
    sql`${dialect.text(COLUMN.args, chars)} AS args`,
    sql`${dialect.text(COLUMN.kwargs, chars)} AS kwargs`,
    sql`${chars === 0 ? none : dialect.text(textLengthSql(dialect))} AS text_length`,
    sql`${COLUMN.contentType} AS content_type`,
    sql`${COLUMN.contentEncoding} AS content_encoding`,
    sql`${withOrigin ? dialect.instantText(COLUMN.createdAt) : none} AS created_at`,
    sql`${withOrigin && shape.hasDateStarted ? dialect.instantText(COLUMN.startedAt) : none} AS started_at`,
    sql`${dialect.instantText(COLUMN.doneAt)} AS done_at`,
    sql`${withOrigin && shape.hasPeriodicTaskName ? COLUMN.periodicTaskName : none} AS periodic_task_name`,
    sql`${withErrors ? errorSql(dialect) : none} AS error`,
  ]);
}

/** The fields of a whole row. */
export function detailFieldsSql(dialect: Dialect, shape: ResultTableShape): Sql {
  return join([
    rowFieldsSql(dialect, shape),
    sql`${dialect.text(COLUMN.result)} AS result`,
    sql`${dialect.text(COLUMN.traceback)} AS traceback`,
    sql`${dialect.text(COLUMN.meta)} AS meta`,
  ]);
}

/** Makes a row of what the database answered. A date_done that is no date (a hand-edited SQLite row) is the epoch. */
export function readRow(raw: RawRow): ResultRow {
  const createdAt = parseInstantText(raw.created_at);
  const doneAt: EpochMicros = parseInstantText(raw.done_at) ?? 0n;
  return {
    rowId: BigInt(raw.row_id),
    taskId: raw.task_id,
    status: raw.status as TaskState, // Any text is a state: custom ones are free.
    name: raw.name,
    worker: raw.worker,
    args: raw.args,
    kwargs: raw.kwargs,
    textLength: Number(raw.text_length ?? 0),
    contentType: raw.content_type,
    contentEncoding: raw.content_encoding,
    createdAt,
    startedAt: plausibleStart({ createdAt, startedAt: parseInstantText(raw.started_at), doneAt }),
    doneAt,
    periodicTaskName: raw.periodic_task_name,
    error: raw.error,
  };
}

/** Makes a whole row of what the database answered. */
export function readRowDetail(raw: RawRowDetail): ResultRowDetail {
  return { ...readRow(raw), result: raw.result, traceback: raw.traceback, meta: raw.meta };
}

function errorSql(dialect: Dialect): Sql {
  const succeeded = dialect.isOneOf(COLUMN.status, ["SUCCESS"]);
  return sql`CASE WHEN ${succeeded} THEN NULL ELSE ${dialect.text(COLUMN.result, READ_RESULT_CHARS)} END`;
}

/** Characters of args or kwargs, whichever is longer. */
function textLengthSql(dialect: Dialect): Sql {
  const args = sql`coalesce(${dialect.length(COLUMN.args)}, 0)`;
  const kwargs = sql`coalesce(${dialect.length(COLUMN.kwargs)}, 0)`;
  return sql`(CASE WHEN ${args} > ${kwargs} THEN ${args} ELSE ${kwargs} END)`;
}
