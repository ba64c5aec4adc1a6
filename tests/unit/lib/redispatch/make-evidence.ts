import type { TaskRecord } from "@/lib/celery/task-record";
import type { TaskEvidence } from "@/lib/redispatch/task-evidence";
import type { ResultRow } from "@/lib/results/results";

const DONE_AT = 1_795_000_001_000_000n;

/** A row of a failed task whose args are `(1, 'a')`, changed by `part`. */
function makeRow(part: Partial<ResultRow> = {}): ResultRow {
  return {
    rowId: 1n,
    taskId: "task-1",
    status: "FAILURE",
    name: "shop.mail.send",
    worker: "mail@box",
    args: JSON.stringify("(1, 'a')"),
    kwargs: JSON.stringify("{'k': None}"),
    textLength: 20,
    contentType: "application/json",
    contentEncoding: "utf-8",
    createdAt: DONE_AT,
    startedAt: null,
    doneAt: DONE_AT,
    periodicTaskName: null,
    error: null,
    ...part,
  };
}

/** What events told of a failed task, changed by `part`. */
function makeRecord(part: Partial<TaskRecord> = {}): TaskRecord {
  return {
    id: "task-1",
    name: "shop.mail.send",
    state: "FAILURE",
    worker: "mail@box",
    queue: null,
    args: "(2,)",
    kwargs: "{}",
    result: null,
    exception: null,
    traceback: null,
    retries: 0,
    eta: null,
    expires: null,
    rootId: "task-1",
    parentId: null,
    sentAt: null,
    receivedAt: null,
    startedAt: null,
    finishedAt: 1_795_000_001_000,
    runtimeSeconds: null,
    stateAt: 1_795_000_001_000,
    clock: null,
    attempts: [],
    ...part,
  };
}

/** What is known of `task-1`: by default its row and no events. */
export function makeEvidence(
  row: Partial<ResultRow> | null = {},
  record: Partial<TaskRecord> | null = null,
): TaskEvidence {
  return { id: "task-1", row: row && makeRow(row), record: record && makeRecord(record) };
}
