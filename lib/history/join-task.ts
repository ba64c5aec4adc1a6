import { sourceOf } from "@/lib/celery/args/choose-args";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { type ArgsClass, weakerArgsClass } from "@/lib/celery/args-class";
import type { ArgsSource } from "@/lib/celery/args-source";
import type { TaskRecord } from "@/lib/celery/task-record";
import { isFinalState } from "@/lib/celery/task-state";
import type { EpochMicros, ResultRow } from "@/lib/results/results";
import { getRuntimeMicros } from "@/lib/results/runtime";
import { readKnownArgs } from "./known-args";
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
  /** The most direct source of the two; null is "nowhere". */
  readonly argsFrom: ArgsSource | null;
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

/** Args and kwargs as texts, with what they are worth and where they are from; `exact` are real ones that were looked up. */
export function joinArgs(
  task: {
    readonly row: ResultRow | null;
    readonly record: Pick<TaskRecord, "name" | "args" | "kwargs"> | null;
  },
  exact: readonly ExactArgs[] = [],
): JoinedArgs {
  const known = readKnownArgs({ ...task, exact });
  const { args, kwargs } = known;
  const reasons = [args.reason && `args: ${args.reason}`, kwargs.reason && `kwargs: ${kwargs.reason}`];
  return {
    args: args.text,
    kwargs: kwargs.text,
    argsClass: weakerArgsClass(args.class, kwargs.class),
    argsFrom: sourceOf(known),
    reason: reasons.filter(Boolean).join("; ") || null,
  };
}

/** Epoch milliseconds of an instant in microseconds. */
export function toMs(instant: EpochMicros): number;
export function toMs(instant: EpochMicros | null): number | null;
export function toMs(instant: EpochMicros | null): number | null {
  return instant === null ? null : Number(instant / 1000n);
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
