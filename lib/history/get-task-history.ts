import { isWorthReplacing } from "@/lib/celery/args/choose-args";
import { decodeStoredColumn } from "@/lib/celery/args/decode-stored-column";
import { redactText } from "@/lib/celery/redact/redact";
import { redactTraceback } from "@/lib/celery/redact/redact-traceback";
import { describeStoredResult } from "@/lib/celery/result/describe-stored-result";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { TaskState } from "@/lib/celery/task-state";
import { AppError } from "@/lib/errors";
import type { ResultRowDetail } from "@/lib/results/results";
import { findOriginal, listRedispatches, type RedispatchLink } from "@/lib/store/redispatch-links";
import { getTask, listTasksById } from "@/lib/store/tasks";
import { findExactArgs } from "./find-exact-args";
import { type JoinedArgs, joinArgs, joinTask, type KnownTask, toMs } from "./join-task";
import { readMeta } from "./read-meta";
import type { HistoryRedispatch, HistorySources, HistoryTaskDetail } from "./task-history";
import { writeSettingHint } from "./write-setting-hint";

type Hide = (text: string | null) => string | null;

/**
 * Everything known of a task, out of its row and its events, whichever there are, redacted; null when there is
 * neither. Rejects with AppError `results_unavailable` while the result table is away.
 */
export async function getTaskHistory(
  sources: HistorySources,
  id: string,
  redact: readonly string[],
): Promise<HistoryTaskDetail | null> {
  const { results, store } = sources;
  const [row, record] = await Promise.all([results?.get(id) ?? null, getTask(store, id)]);
  const known = toKnown(row, record);
  if (known === null) return null;
  const [original, links] = await Promise.all([findOriginal(store, id), listRedispatches(store, [id])]);
  const redispatches = await describeRedispatches(sources, links.get(id) ?? []);
  const hide: Hide = (text) => text && redactText(text, redact);
  const { reason, ...args } = await readArgs(sources, id, known);
  const traceback = row?.traceback ?? record?.traceback ?? null;
  return {
    ...joinTask(known),
    ...args,
    args: hide(args.args),
    kwargs: hide(args.kwargs),
    argsReason: reason,
    exception: hide(exceptionOf(row) ?? record?.exception ?? null),
    ...fieldsOfRow(row, record, hide),
    ...fieldsOfRecord(record),
    attempts: record?.attempts.map((attempt) => ({ ...attempt, exception: hide(attempt.exception) })) ?? [],
    traceback: traceback && redactTraceback(traceback, redact),
    redispatchOf: original?.originalId ?? null,
    redispatchedAs: redispatches[0]?.newId ?? null,
    redispatches,
    inResultTable: row !== null,
    inEvents: record !== null,
    settingHint: results === null ? null : writeSettingHint(row, record),
  };
}

/** Real args are looked for where those at hand would not do. A backend that is away hides nothing else of the task. */
async function readArgs(sources: HistorySources, id: string, known: KnownTask): Promise<JoinedArgs> {
  const joined = joinArgs(known);
  if (!isWorthReplacing(joined.argsClass)) return joined;
  try {
    return joinArgs(known, (await findExactArgs(sources, [id])).get(id));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "results_unavailable") throw error;
    return { ...joined, reason: [joined.reason, error.message].filter(Boolean).join("; ") };
  }
}

function toKnown(row: ResultRowDetail | null, record: TaskRecord | null): KnownTask | null {
  if (row !== null) return { row, record };
  return record && { row, record };
}

function fieldsOfRow(row: ResultRowDetail | null, record: TaskRecord | null, hide: Hide) {
  return {
    ...(row === null ? { children: [], groupId: null } : readMeta(row.meta, row)),
    result: hide(row === null ? (record?.result ?? null) : textOf(row.result, row)),
    meta: hide(row && textOf(row.meta, row)),
    createdAt: row && toMs(row.createdAt),
    periodicTaskName: row?.periodicTaskName ?? null,
  };
}

function fieldsOfRecord(record: TaskRecord | null) {
  return {
    rootId: record?.rootId ?? null,
    parentId: record?.parentId ?? null,
    sentAt: record?.sentAt ?? null,
    eta: record?.eta ?? null,
    expires: record?.expires ?? null,
  };
}

/** JSON as it is stored; a pickle as the JSON of what it holds, or as stored where that can't be told. */
function textOf(column: string | null, row: ResultRowDetail): string | null {
  if (column === null || row.contentEncoding !== "binary") return column;
  const decoded = decodeStoredColumn(column, row);
  return decoded.kind === "nothing" ? null : decoded.text;
}

/** `ValueError: message`, with the module where it isn't Python's own; null when the row holds no exception. */
function exceptionOf(row: ResultRowDetail | null): string | null {
  if (row === null || row.status === "SUCCESS" || row.status === "STARTED") return null;
  const exception = describeStoredResult(row.result, row);
  if (exception === null) return null;
  const { module, type, message } = exception;
  const name = module === null || module === "builtins" || module === "" ? type : `${module}.${type}`;
  return message === "" ? name : `${name}: ${message}`;
}

async function describeRedispatches(
  { results, store }: HistorySources,
  links: readonly RedispatchLink[],
): Promise<HistoryRedispatch[]> {
  if (links.length === 0) return [];
  const ids = links.slice(0, 1_000).map(({ newId }) => newId);
  const [rows, records] = await Promise.all([
    results?.list({ ids }, "-finishedAt", ids.length, null, { withArgs: false }),
    listTasksById(store, ids),
  ]);
  const states = new Map<string, TaskState>([...records].map(([id, record]) => [id, record.state]));
  for (const row of rows?.rows ?? []) states.set(row.taskId, row.status);
  return links.map(({ newId, batchId, sentAt }) => ({
    newId,
    batchId,
    at: sentAt,
    state: states.get(newId) ?? null,
  }));
}
