import type { CeleryEvent, EventCommon, TaskEvent, WorkerEvent } from "../celery-event";
import { exceptionText } from "./exception-text";

type Fields = Readonly<Record<string, unknown>>;

/** Result backends hold no longer ids, names of workers neither: what is longer is no event of Celery's. */
const MAX_NAME_LENGTH = 255;
/** Seconds of the year 9999: beyond it there are no dates in Python. */
const MAX_TIMESTAMP = 253_402_300_799;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f]/;
/** What stands beside a custom event's own fields. */
const COMMON_FIELDS = new Set([
  "type",
  "hostname",
  "timestamp",
  "pid",
  "clock",
  "utcoffset",
  "uuid",
  "local_received",
]);

/** One event from its JSON, or null unless it has what every event has (celery-wire.md D.3). */
export function readEvent(value: unknown): CeleryEvent | null {
  if (typeof value !== "object" || value === null) return null;
  // Any object can be asked for properties; each is checked before it is used.
  const fields = value as Fields;
  const { type, timestamp } = fields;
  const hostname = nameOf(fields.hostname);
  if (typeof type !== "string" || type.length > MAX_NAME_LENGTH || hostname === null) return null;
  if (typeof timestamp !== "number" || !(timestamp >= 0 && timestamp <= MAX_TIMESTAMP)) return null;
  const common = {
    hostname,
    timestamp: Math.round(timestamp * 1000),
    pid: integerOf(fields.pid),
    clock: integerOf(fields.clock),
  };
  if (type.startsWith("task-")) return readTaskEvent(type, fields, common);
  if (type === "worker-heartbeat" || type === "worker-online" || type === "worker-offline") {
    return { type, ...common, ...readVitals(fields) };
  }
  return { type: "custom", eventType: type, ...common, fields: ownFields(fields) };
}

function readTaskEvent(type: string, fields: Fields, common: EventCommon): TaskEvent | null {
  const uuid = nameOf(fields.uuid);
  if (uuid === null) return null;
  const base = { uuid, ...common };
  switch (type) {
    case "task-sent":
      return { type, ...base, ...readDescription(fields), ...readRoute(fields) };
    case "task-received":
      return { type, ...base, ...readDescription(fields) };
    case "task-started":
    case "task-cancelled":
      return { type, ...base };
    case "task-succeeded":
      return { type, ...base, result: textOf(fields.result), runtimeSeconds: numberOf(fields.runtime) };
    case "task-failed":
    case "task-retried":
      return { type, ...base, ...readFailure(fields) };
    case "task-revoked":
      return { type, ...base, ...readRevocation(fields) };
    case "task-rejected":
      return { type, ...base, isRequeued: fields.requeue === true };
    default:
      return { type: "task-custom", eventType: type, ...base, fields: ownFields(fields) };
  }
}

function readDescription(fields: Fields) {
  return {
    name: nameOf(fields.name),
    args: textOf(fields.args),
    kwargs: textOf(fields.kwargs),
    rootId: nameOf(fields.root_id),
    parentId: nameOf(fields.parent_id),
    retries: integerOf(fields.retries),
    eta: textOf(fields.eta),
    expires: textOf(fields.expires),
  };
}

function readRoute(fields: Fields) {
  return {
    queue: textOf(fields.queue),
    exchange: textOf(fields.exchange),
    routingKey: textOf(fields.routing_key),
  };
}

function readFailure(fields: Fields) {
  const traceback = textOf(fields.traceback);
  return { exception: exceptionText(textOf(fields.exception), traceback), traceback };
}

function readRevocation({ terminated, expired, signum }: Fields) {
  return {
    isTerminated: terminated === true,
    isExpired: expired === true,
    signal: typeof signum === "number" || typeof signum === "string" ? String(signum) : null,
  };
}

function readVitals(fields: Fields): Omit<WorkerEvent, "type" | keyof EventCommon> {
  const { loadavg } = fields;
  return {
    freqSeconds: numberOf(fields.freq),
    active: integerOf(fields.active),
    processed: integerOf(fields.processed),
    loadAverage: Array.isArray(loadavg) && loadavg.every(Number.isFinite) ? loadavg.slice(0, 3) : null,
    softwareIdentity: textOf(fields.sw_ident),
    softwareVersion: textOf(fields.sw_ver),
    softwareSystem: textOf(fields.sw_sys),
  };
}

function ownFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !COMMON_FIELDS.has(name)));
}

/** An id or a name: what no log and no database refuses. */
function nameOf(value: unknown): string | null {
  const isName = typeof value === "string" && value !== "" && value.length <= MAX_NAME_LENGTH;
  return isName && !CONTROL.test(value) ? value : null;
}

/** PostgreSQL's text cannot hold NUL; as Python's escape it keeps its meaning in a repr. */
function textOf(value: unknown): string | null {
  return typeof value === "string" ? value.replaceAll("\0", "\\x00") : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A whole number that a double holds exactly. */
function integerOf(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
