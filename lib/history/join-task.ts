import type { ReadArgs } from "@/lib/celery/args/read-args";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import { readStoredArgs, readStoredKwargs } from "@/lib/celery/args/read-stored-args";
import { type ArgsClass, weakerArgsClass } from "@/lib/celery/args-class";
import type { TaskRecord } from "@/lib/celery/task-record";
import { isFinalState } from "@/lib/celery/task-state";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";
import type { EpochMicros, ResultRow } from "@/lib/results/results";
import { getRuntimeMicros } from "@/lib/results/runtime";
import type { HistoryTask } from "./task-history";

/** What is known of one task: its row in the result table, what its events told, or both; never neither. */
export type KnownTask =
  | { readonly row: ResultRow; readonly record: TaskRecord | null }
  | { readonly row: null; readonly record: TaskRecord };

/** A task's args and kwargs as texts to show, not yet redacted, and what they are worth. */
export interface JoinedArgs {
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly argsClass: ArgsClass;
  /** Why they are not exact, in words; null when nothing is to be said. */
  readonly reason: string | null;
}

type JoinedFields = Omit<HistoryTask, "args" | "kwargs" | "argsClass" | "exception" | "redispatchedAs">;

/**
 * Joins a row with the events of the same task. The row says the state; the events fill in what it lacks and add what
 * no row has: queue, retries, the time of receipt.
 */
export function joinTask({ row, record }: KnownTask): JoinedFields {
  if (row === null) return fieldsOfRecord(record);
  const isFinal = isFinalState(row.status);
  return {
    id: row.taskId,
    name: row.name ?? record?.name ?? null,
    state: row.status,
    worker: row.worker ?? record?.worker ?? null,
    queue: record?.queue ?? null,
    retries: record?.retries ?? null,
    receivedAt: record?.receivedAt ?? null,
    startedAt: record?.startedAt ?? toMs(row.startedAt),
    finishedAt: isFinal ? toMs(row.doneAt) : null,
    runtimeSeconds: isFinal ? runtimeOf(row, record) : null,
  };
}

/** Each of args and kwargs out of the row, or out of the events where the row doesn't know them and they do. */
export function joinArgs({
  row,
  record,
}: {
  readonly row: ResultRow | null;
  readonly record: Pick<TaskRecord, "args" | "kwargs"> | null;
}): JoinedArgs {
  const args = firstKnown(row && readStoredArgs(row.args, row), readEventArgs(record?.args ?? null));
  const kwargs = firstKnown(
    row && readStoredKwargs(row.kwargs, row),
    readEventKwargs(record?.kwargs ?? null),
  );
  const reasons = [args.reason && `args: ${args.reason}`, kwargs.reason && `kwargs: ${kwargs.reason}`];
  return {
    args: args.text,
    kwargs: kwargs.text,
    argsClass: weakerArgsClass(args.class, kwargs.class),
    reason: reasons.filter(Boolean).join("; ") || null,
  };
}

/** Epoch milliseconds of an instant in microseconds. */
export function toMs(instant: EpochMicros): number;
export function toMs(instant: EpochMicros | null): number | null;
export function toMs(instant: EpochMicros | null): number | null {
  return instant === null ? null : Number(instant / 1000n);
}

function firstKnown<V extends WireArray | WireObject>(
  stored: ReadArgs<V> | null,
  told: ReadArgs<V>,
): ReadArgs<V> {
  if (stored === null) return told;
  return stored.class === "unknown" && told.class !== "unknown" ? told : stored;
}

function fieldsOfRecord(record: TaskRecord): JoinedFields {
  const { id, name, state, worker, queue, retries, receivedAt, startedAt, finishedAt, runtimeSeconds } =
    record;
  return { id, name, state, worker, queue, retries, receivedAt, startedAt, finishedAt, runtimeSeconds };
}

/** The worker's own measure, where its events are of the same end; else the table's dates. */
function runtimeOf(row: ResultRow, record: TaskRecord | null): number | null {
  if (record?.state === row.status && record.runtimeSeconds !== null) return record.runtimeSeconds;
  const micros = getRuntimeMicros(row);
  return micros === null ? null : Number(micros) / 1_000_000;
}
