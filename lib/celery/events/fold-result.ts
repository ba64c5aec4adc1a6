import { formatPythonValue } from "../literal/format-python-value";
import { writeArgsRepr, writeKwargsRepr } from "../literal/write-args-repr";
import type { ResultMeta } from "../result/decode-result-meta";
import { readBackendArgs } from "../result/read-backend-args";
import type { TaskRecord } from "../task-record";
import { isFinalState } from "../task-state";
import { objectOf, textOf } from "../wire-fields";
import { isWireArray, type WireValue } from "../wire-value";

/** Longer texts of a result are cut: Celery's events carry about as much. */
const MAX_RESULT_CHARS = 1_024;

/**
 * What is known of a task after a result backend told its end, or null where that adds nothing: the state is none of an
 * end, or events have told of one. Events know more, so that a task is folded so only where none came. `receivedAt`
 * (epoch ms) stands for an end whose time isn't said.
 */
export function foldResult(
  record: TaskRecord | null,
  id: string,
  meta: ResultMeta,
  receivedAt: number,
): TaskRecord | null {
  const state = meta.status;
  if (state === null || !isFinalState(state)) return null;
  if (record !== null && isFinalState(record.state)) return null;
  const at = meta.doneAt ?? receivedAt;
  const { args, kwargs } = readBackendArgs(meta);
  return {
    ...(record ?? blank(id)),
    ...{ state, stateAt: at, finishedAt: at },
    name: record?.name ?? meta.name,
    worker: record?.worker ?? meta.worker,
    queue: record?.queue ?? meta.queue,
    args: record?.args ?? (args.value && writeArgsRepr(args.value)),
    kwargs: record?.kwargs ?? (kwargs.value && writeKwargsRepr(kwargs.value)),
    result: state === "SUCCESS" ? formatPythonValue(meta.result).slice(0, MAX_RESULT_CHARS) : null,
    exception: state === "SUCCESS" ? null : describeException(meta.result),
    traceback: meta.traceback,
    retries: record?.retries ?? meta.retries,
    parentId: record?.parentId ?? meta.parentId,
  };
}

/** As `repr()` shows it, which is how events tell it: `ValueError('no such order', 3)`. */
function describeException(result: WireValue): string | null {
  const exception = objectOf(result);
  const type = textOf(exception?.get("exc_type"));
  if (type === null) return null;
  const message = exception?.get("exc_message") ?? null;
  const args: readonly WireValue[] = isWireArray(message) ? message : message === null ? [] : [message];
  return `${type}(${args.map(formatPythonValue).join(", ")})`;
}

function blank(id: string): TaskRecord {
  return {
    ...{ id, name: null, state: "PENDING", worker: null, queue: null, args: null, kwargs: null },
    ...{ result: null, exception: null, traceback: null, retries: null, eta: null, expires: null },
    ...{ rootId: null, parentId: null, sentAt: null, receivedAt: null, startedAt: null, finishedAt: null },
    ...{ runtimeSeconds: null, stateAt: 0, clock: null, attempts: [] },
  };
}
