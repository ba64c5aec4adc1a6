import { arrayOf, booleanOf, integerOf, numberOf, objectOf, textOf } from "../wire-fields";
import type { WireArray, WireObject, WireValue } from "../wire-value";

/** A task that a worker holds (TASKINFO in celery-wire.md C.5). null is "not said". */
export interface TaskInfo {
  readonly id: string;
  /** The task's real name, not the one that it is shown under. */
  readonly task: string | null;
  /** Real values (Celery ≥ 5.0), or null where the worker sent a repr instead. */
  readonly args: WireArray | null;
  readonly kwargs: WireObject | null;
  /** saferepr text, where the worker sent that: `active` with `safe`, and Celery 4. */
  readonly argsRepr: string | null;
  readonly kwargsRepr: string | null;
  readonly hostname: string | null;
  /** Epoch ms, or null while it waits. */
  readonly startedAt: number | null;
  readonly isAcknowledged: boolean | null;
  readonly queue: string | null;
  readonly priority: number | null;
  readonly isRedelivered: boolean | null;
  /** Of the pool's process that runs it. */
  readonly pid: number | null;
}

/** A task that a worker holds until its time has come. */
export interface ScheduledTask {
  /** ISO 8601 text with an offset. */
  readonly eta: string | null;
  readonly request: TaskInfo;
}

/** Reads the reply to `active` or `reserved`, or null when it is no list. What is no task is left out. Never throws. */
export function readTaskInfos(reply: WireValue): TaskInfo[] | null {
  return arrayOf(reply)?.flatMap((item) => readTaskInfo(item) ?? []) ?? null;
}

/** Reads the reply to `scheduled`, or null when it is no list. What is no task is left out. Never throws. */
export function readScheduledTasks(reply: WireValue): ScheduledTask[] | null {
  const items = arrayOf(reply);
  if (items === null) return null;
  return items.flatMap((item) => {
    const entry = objectOf(item);
    const request = readTaskInfo(entry?.get("request"));
    return request === null ? [] : { eta: textOf(entry?.get("eta")), request };
  });
}

/** Reads the reply to `query_task`: the tasks asked for that the worker holds, or null when it is no object. Never throws. */
export function readQueriedTasks(reply: WireValue): TaskInfo[] | null {
  const byId = objectOf(reply);
  if (byId === null) return null;
  return [...byId.values()].flatMap((answer) => readTaskInfo(arrayOf(answer)?.[1]) ?? []);
}

function readTaskInfo(value: WireValue | undefined): TaskInfo | null {
  const info = objectOf(value);
  const id = textOf(info?.get("id"));
  if (info === null || !id) return null;
  const delivery = objectOf(info.get("delivery_info"));
  const startedAt = numberOf(info.get("time_start"));
  return {
    id,
    task: textOf(info.get("type")) ?? textOf(info.get("name")),
    args: arrayOf(info.get("args")),
    kwargs: objectOf(info.get("kwargs")),
    argsRepr: textOf(info.get("args")),
    kwargsRepr: textOf(info.get("kwargs")),
    hostname: textOf(info.get("hostname")),
    startedAt: startedAt === null ? null : Math.round(startedAt * 1000),
    isAcknowledged: booleanOf(info.get("acknowledged")),
    queue: textOf(delivery?.get("routing_key")),
    priority: integerOf(delivery?.get("priority")),
    isRedelivered: booleanOf(delivery?.get("redelivered")),
    pid: integerOf(info.get("worker_pid")),
  };
}
