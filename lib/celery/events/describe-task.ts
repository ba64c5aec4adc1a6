import type { TaskEvent, TaskReceivedEvent, TaskSentEvent } from "../celery-event";
import type { TaskRecord } from "../task-record";

/** What a task is, apart from what became of it. */
export type TaskDescription = Pick<
  TaskRecord,
  | "id"
  | "name"
  | "args"
  | "kwargs"
  | "retries"
  | "eta"
  | "expires"
  | "rootId"
  | "parentId"
  | "queue"
  | "sentAt"
>;

/**
 * The description after one event more: that of the latest `task-received`, or, before there is one, of the latest
 * `task-sent`. The queue is known from `task-sent` alone.
 */
export function describeTask(record: TaskRecord | null, event: TaskEvent): TaskDescription {
  const known = record === null ? blank(event.uuid) : pick(record);
  if (event.type === "task-sent") {
    if (known.sentAt !== null && event.timestamp < known.sentAt) return known;
    const isReceived = record?.attempts.some((attempt) => attempt.receivedAt !== null) ?? false;
    return {
      ...(isReceived ? known : { ...known, ...read(event) }),
      queue: event.queue ?? known.queue,
      sentAt: event.timestamp,
    };
  }
  if (event.type !== "task-received") return known;
  const isLatest = !record?.attempts.some((attempt) => (attempt.receivedAt ?? 0) > event.timestamp);
  return isLatest ? { ...known, ...read(event) } : known;
}

function read(event: TaskSentEvent | TaskReceivedEvent) {
  const { name, args, kwargs, retries, eta, expires, rootId, parentId } = event;
  return { name, args, kwargs, retries, eta, expires, rootId, parentId };
}

function pick(record: TaskRecord): TaskDescription {
  const { id, name, args, kwargs, retries, eta, expires, rootId, parentId, queue, sentAt } = record;
  return { id, name, args, kwargs, retries, eta, expires, rootId, parentId, queue, sentAt };
}

function blank(id: string): TaskDescription {
  return {
    id,
    name: null,
    args: null,
    kwargs: null,
    retries: null,
    eta: null,
    expires: null,
    rootId: null,
    parentId: null,
    queue: null,
    sentAt: null,
  };
}
