import type { TaskEvent } from "@/lib/celery/celery-event";
import type { TaskAttempt, TaskRecord } from "@/lib/celery/task-record";
import type { CountKey, DurationKey } from "@/lib/numbers/task-numbers";

/** Longer is no duration, but a clock that is wrong, or a task that nobody would want in a percentile. */
const MAX_SECONDS = 30 * 86_400;

/**
 * Celery stamps `task-sent` after the message has gone, and on a busy machine that is later than a quick worker's receipt: so
 * much before it there was no wait, and no clock need be wrong.
 */
const LATE_STAMP_SECONDS = 1;

/** What an event adds to the numbers of its task's type, queue and worker. */
export interface Measure {
  readonly counted: Exclude<CountKey, "skewed"> | null;
  readonly duration: DurationKey | null;
  /** Of `duration`, by the events' own clocks; negative or absurd where those disagree. */
  readonly seconds: number;
  readonly worker: string | null;
}

/** Whether a duration can be one: the clocks of two machines may differ by more than it. */
export function isPlausible(seconds: number): boolean {
  return seconds >= 0 && seconds <= MAX_SECONDS;
}

/**
 * What `event` adds, where `record` is its task after it and `before` the one before it; null for nothing, as an event that
 * was known already. See docs/numbers.md for what each duration is.
 */
export function measureEvent(
  event: TaskEvent,
  record: TaskRecord,
  before: TaskRecord | null,
): Measure | null {
  if (event.type === "task-sent") return measureLateSending(event, record, before);
  // What changes no attempt came before.
  if (event.type === "task-custom" || record.attempts === before?.attempts || isToldEnd(before)) return null;
  switch (event.type) {
    case "task-received":
      return measureArrival(record, event);
    case "task-started":
      return measureStart(record, event);
    case "task-succeeded":
      return measureSuccess(record, event);
    case "task-failed":
      return { counted: "failed", ...NO_DURATION, worker: event.hostname };
    case "task-retried":
      return { counted: "retried", ...NO_DURATION, worker: event.hostname };
    default:
      return null;
  }
}

/** Whether a result backend has told the task's end, before the events that do so too; it was counted then. */
function isToldEnd(before: TaskRecord | null): boolean {
  return before?.finishedAt != null && before.attempts.every(({ endedAt }) => endedAt === null);
}

const NO_DURATION = { duration: null, seconds: 0 };

/** A worker may tell that it has a task before the client tells that it sent it. */
function measureLateSending(
  { retries }: Extract<TaskEvent, { type: "task-sent" }>,
  record: TaskRecord,
  before: TaskRecord | null,
): Measure | null {
  if (record.sentAt === null || record.sentAt === before?.sentAt) return null;
  const attempt = record.attempts.at(-1);
  // Of an earlier sending, which has been measured.
  if (attempt?.receivedAt == null || retries !== record.retries) return null;
  return waitInQueue(record, record.sentAt, attempt);
}

function measureArrival(record: TaskRecord, { hostname, timestamp }: TaskEvent): Measure | null {
  const { sentAt, attempts } = record;
  if (sentAt === null) return null;
  const attempt = findAttempt(attempts, hostname, (one) => one.receivedAt === timestamp);
  if (attempt === undefined) return null;
  // Delivered again by the broker: since the sending it was not only in the queue.
  const isAgain = attempts.some(
    (one) => one !== attempt && one.receivedAt !== null && one.receivedAt >= sentAt,
  );
  return isAgain ? null : waitInQueue(record, sentAt, attempt);
}

/** A broker that holds tasks back until their time (RabbitMQ's native delayed delivery) is no queue meanwhile. */
function waitInQueue(
  record: TaskRecord,
  sentAt: number,
  { receivedAt, worker }: TaskAttempt,
): Measure | null {
  if (receivedAt === null) return null;
  const eta = etaOf(record);
  const since = eta !== null && eta > sentAt && eta <= receivedAt ? eta : sentAt;
  const seconds = (receivedAt - since) / 1000;
  const isLateStamp = seconds < 0 && seconds >= -LATE_STAMP_SECONDS;
  return { counted: null, duration: "queueWait", seconds: isLateStamp ? 0 : seconds, worker };
}

/** A task with a time to start at is held by the worker until then: only what comes after is a wait. */
function measureStart(record: TaskRecord, { hostname, timestamp }: TaskEvent): Measure | null {
  const attempt = findAttempt(record.attempts, hostname, (one) => one.startedAt === timestamp);
  if (attempt?.receivedAt == null) return null;
  const eta = etaOf(record);
  const since = eta !== null && eta > attempt.receivedAt && eta <= timestamp ? eta : attempt.receivedAt;
  return { counted: null, duration: "workerWait", seconds: (timestamp - since) / 1000, worker: hostname };
}

function measureSuccess(
  record: TaskRecord,
  { hostname, timestamp, runtimeSeconds }: Extract<TaskEvent, { type: "task-succeeded" }>,
): Measure {
  const counted = { counted: "succeeded", worker: hostname } as const;
  if (runtimeSeconds !== null) return { ...counted, duration: "runtime", seconds: runtimeSeconds };
  const attempt = findAttempt(record.attempts, hostname, (one) => one.endedAt === timestamp);
  if (attempt?.startedAt == null) return { ...counted, ...NO_DURATION };
  return { ...counted, duration: "runtime", seconds: (timestamp - attempt.startedAt) / 1000 };
}

function findAttempt(
  attempts: readonly TaskAttempt[],
  worker: string,
  isIt: (attempt: TaskAttempt) => boolean,
): TaskAttempt | undefined {
  return attempts.findLast((attempt) => attempt.worker === worker && isIt(attempt));
}

function etaOf({ eta }: TaskRecord): number | null {
  if (eta === null) return null;
  // Without an offset it is in UTC, as Celery writes it (celery-wire.md A).
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(eta) ? eta : `${eta}Z`);
  return Number.isNaN(at) ? null : at;
}
