import { isWorthReplacing } from "@/lib/celery/args/choose-args";
import { redactText } from "@/lib/celery/redact/redact";
import { redactTraceback } from "@/lib/celery/redact/redact-traceback";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { TaskState } from "@/lib/celery/task-state";
import { AppError } from "@/lib/errors";
import type { ResultRowDetail } from "@/lib/results/results";
import { listKeptRows } from "@/lib/store/kept-rows";
import { findOriginal, listRedispatches, type RedispatchLink } from "@/lib/store/redispatch-links";
import { getTask, listTasksById } from "@/lib/store/tasks";
import { describeKeptRow } from "./describe-kept-row";
import { findExactArgs } from "./find-exact-args";
import { type JoinedArgs, joinArgs, joinTask, type KnownTask, toMs } from "./join-task";
import { readMeta } from "./read-meta";
import { readColumnText, readRowException } from "./row-texts";
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
  const [original, links, keptRows] = await Promise.all([
    findOriginal(store, id),
    listRedispatches(store, [id]),
    listKeptRows(store, id),
  ]);
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
    exception: hide((row && readRowException(row)) ?? record?.exception ?? null),
    ...fieldsOfRow(row, record, hide),
    ...fieldsOfRecord(record),
    attempts: record?.attempts.map((attempt) => ({ ...attempt, exception: hide(attempt.exception) })) ?? [],
    traceback: traceback && redactTraceback(traceback, redact),
    redispatchOf: original?.originalId ?? null,
    redispatchedAs: redispatches[0]?.newId ?? null,
    redispatches,
    keptRows: keptRows.map((kept) => describeKeptRow(kept, redact)),
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
    result: hide(row === null ? (record?.result ?? null) : readColumnText(row.result, row)),
    meta: hide(row && readColumnText(row.meta, row)),
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
  return links.map(({ newId, batchId, claimedAt }) => ({
    newId,
    batchId,
    at: claimedAt,
    state: states.get(newId) ?? null,
  }));
}
