import { PickleDict } from "../pickle/pickle-value";
import { readPickle } from "../pickle/read-pickle";
import { integerOf, textOf } from "../wire-fields";
import { isWireObject, type WireValue } from "../wire-value";
import { decodeSerialized, fromPickle, PICKLE_PROTOCOL, type SerializedValue } from "./decode-serialized";
import { parseDateDone } from "./parse-date-done";

/** What a key-value result backend (Redis) stores of a task, and publishes (celery-wire.md G.2). null is "not said". */
export interface ResultMeta {
  readonly taskId: string | null;
  readonly status: string | null;
  readonly name: string | null;
  readonly worker: string | null;
  readonly queue: string | null;
  readonly retries: number | null;
  readonly args: SerializedValue | null;
  readonly kwargs: SerializedValue | null;
  /** The return value, or the exception as an object; null too for a pickled exception. */
  readonly result: WireValue;
  readonly traceback: string | null;
  /** Epoch ms of the end; null in a state that is none. */
  readonly doneAt: number | null;
  readonly parentId: string | null;
}

/** Decodes an entry, whatever `result_serializer` wrote it; null when it can't be read. Never throws. */
export function decodeResultMeta(bytes: Uint8Array): ResultMeta | null {
  const fields = readFields(bytes);
  if (fields === null) return null;
  const fieldOf = (name: string): WireValue => {
    const field = fields.get(name);
    return field?.ok ? field.value : null;
  };
  return {
    taskId: textOf(fieldOf("task_id")),
    status: textOf(fieldOf("status")),
    name: textOf(fieldOf("name")),
    worker: textOf(fieldOf("worker")),
    queue: textOf(fieldOf("queue")),
    retries: integerOf(fieldOf("retries")),
    args: fields.get("args") ?? null,
    kwargs: fields.get("kwargs") ?? null,
    result: fieldOf("result"),
    traceback: textOf(fieldOf("traceback")),
    doneAt: parseDateDone(textOf(fieldOf("date_done"))),
    parentId: textOf(fieldOf("parent_id")),
  };
}

function readFields(bytes: Uint8Array): ReadonlyMap<string, SerializedValue> | null {
  if (bytes[0] === PICKLE_PROTOCOL) {
    const pickle = readPickle(bytes);
    if (!pickle.ok || !(pickle.value instanceof PickleDict)) return null;
    return new Map(
      pickle.value.entries.flatMap(([key, value]) =>
        typeof key === "string" ? [[key, fromPickle(value)]] : [],
      ),
    );
  }
  const json = decodeSerialized(bytes);
  if (!json.ok || !isWireObject(json.value)) return null;
  return new Map(Array.from(json.value, ([key, value]) => [key, { ok: true, value, class: "exact" }]));
}
