import type { TaskAttempt, TaskRecord } from "@/lib/celery/task-record";
import { toNumber, toNumberOrNull } from "./sql";

/** Added to `stateAt` where a task has not ended: past every time, so that one index orders both kinds. */
export const UNFINISHED_SORT_AT = 1e15;

type Numeric = number | bigint;

/** A row of a table of tasks as a raw query returns it. */
export interface TaskRow {
  readonly id: string;
  readonly name: string | null;
  readonly state: string;
  readonly worker: string | null;
  readonly queue: string | null;
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly result: string | null;
  readonly exception: string | null;
  readonly traceback: string | null;
  readonly retries: Numeric | null;
  readonly eta: string | null;
  readonly expires: string | null;
  readonly root_id: string | null;
  readonly parent_id: string | null;
  readonly sent_at: Numeric | null;
  readonly received_at: Numeric | null;
  readonly started_at: Numeric | null;
  readonly finished_at: Numeric | null;
  readonly runtime_seconds: number | null;
  readonly state_at: Numeric;
  readonly clock: Numeric | null;
  readonly attempts: string;
}

/** A row with what it is ordered by. */
export interface OrderedTaskRow extends TaskRow {
  readonly sort_at: Numeric;
}

/** The columns of a table of tasks with the types under which a batch of rows is written. */
export const TASK_COLUMNS = {
  id: "text",
  name: "text",
  state: "text",
  worker: "text",
  queue: "text",
  args: "text",
  kwargs: "text",
  result: "text",
  exception: "text",
  traceback: "text",
  retries: "integer",
  eta: "text",
  expires: "text",
  root_id: "text",
  parent_id: "text",
  sent_at: "bigint",
  received_at: "bigint",
  started_at: "bigint",
  finished_at: "bigint",
  runtime_seconds: "double precision",
  state_at: "bigint",
  clock: "bigint",
  attempts: "text",
  sort_at: "bigint",
} as const;

/** A record as the row to write. */
export function toTaskRow(record: TaskRecord) {
  return {
    id: record.id,
    name: record.name,
    state: record.state,
    worker: record.worker,
    queue: record.queue,
    args: record.args,
    kwargs: record.kwargs,
    result: record.result,
    exception: record.exception,
    traceback: record.traceback,
    retries: record.retries,
    eta: record.eta,
    expires: record.expires,
    root_id: record.rootId,
    parent_id: record.parentId,
    sent_at: record.sentAt,
    received_at: record.receivedAt,
    started_at: record.startedAt,
    finished_at: record.finishedAt,
    runtime_seconds: record.runtimeSeconds,
    state_at: record.stateAt,
    clock: record.clock,
    attempts: JSON.stringify(record.attempts),
    sort_at: toSortAt(record),
  };
}

/** What orders tasks, and tells which table has one: when it ended, or past every time when it has not. */
export function toSortAt({ finishedAt, stateAt }: Pick<TaskRecord, "finishedAt" | "stateAt">): number {
  return finishedAt ?? UNFINISHED_SORT_AT + stateAt;
}

/** A row as the record that was written. */
export function toTaskRecord(row: TaskRow): TaskRecord {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    worker: row.worker,
    queue: row.queue,
    args: row.args,
    kwargs: row.kwargs,
    result: row.result,
    exception: row.exception,
    traceback: row.traceback,
    retries: toNumberOrNull(row.retries),
    eta: row.eta,
    expires: row.expires,
    rootId: row.root_id,
    parentId: row.parent_id,
    sentAt: toNumberOrNull(row.sent_at),
    receivedAt: toNumberOrNull(row.received_at),
    startedAt: toNumberOrNull(row.started_at),
    finishedAt: toNumberOrNull(row.finished_at),
    runtimeSeconds: toNumberOrNull(row.runtime_seconds),
    stateAt: toNumber(row.state_at),
    clock: toNumberOrNull(row.clock),
    // Written by toTaskRow, nothing else writes this column.
    attempts: JSON.parse(row.attempts) as TaskAttempt[],
  };
}
