/** What every event says (celery-wire.md D.3). */
export interface EventCommon {
  /** The sender: a worker's name, or `gen<pid>@<host>` for a client. */
  readonly hostname: string;
  /** Epoch ms (UTC) by the sender's clock, rounded. */
  readonly timestamp: number;
  readonly pid: number | null;
  /** Lamport clock. */
  readonly clock: number | null;
}

interface TaskEventCommon extends EventCommon {
  readonly uuid: string;
}

/** How a task was called, as `task-sent` and `task-received` repeat it. */
interface TaskDescription {
  readonly name: string | null;
  /** saferepr text. */
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly retries: number | null;
  /** ISO 8601 text, as it was sent. */
  readonly eta: string | null;
  readonly expires: string | null;
}

/** Sent by the client (or the worker, for a retry), only with `task_send_sent_event`. */
export interface TaskSentEvent extends TaskEventCommon, TaskDescription {
  readonly type: "task-sent";
  readonly queue: string | null;
  readonly exchange: string | null;
  readonly routingKey: string | null;
}

export interface TaskReceivedEvent extends TaskEventCommon, TaskDescription {
  readonly type: "task-received";
}

export interface TaskStartedEvent extends TaskEventCommon {
  readonly type: "task-started";
}

export interface TaskSucceededEvent extends TaskEventCommon {
  readonly type: "task-succeeded";
  /** saferepr text. */
  readonly result: string | null;
  readonly runtimeSeconds: number | null;
}

export interface TaskFailedEvent extends TaskEventCommon {
  readonly type: "task-failed" | "task-retried";
  /** The exception in words, see `exceptionText`. */
  readonly exception: string | null;
  readonly traceback: string | null;
}

interface TaskRevokedEvent extends TaskEventCommon {
  readonly type: "task-revoked";
  readonly isTerminated: boolean;
  readonly isExpired: boolean;
  /** Number or name. */
  readonly signal: string | null;
}

export interface TaskRejectedEvent extends TaskEventCommon {
  readonly type: "task-rejected";
  readonly isRequeued: boolean;
}

/** An acks_late task, cancelled because its worker lost the broker. */
interface TaskCancelledEvent extends TaskEventCommon {
  readonly type: "task-cancelled";
}

/** A task's own event, such as `task-progress`, which gives it the state PROGRESS. */
export interface CustomTaskEvent extends TaskEventCommon {
  readonly type: "task-custom";
  readonly eventType: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface WorkerEvent extends EventCommon {
  readonly type: "worker-online" | "worker-heartbeat" | "worker-offline";
  /** Seconds between heartbeats. */
  readonly freqSeconds: number | null;
  /** null in a heartbeat that somebody asked for. */
  readonly active: number | null;
  readonly processed: number | null;
  readonly loadAverage: readonly number[] | null;
  readonly softwareIdentity: string | null;
  readonly softwareVersion: string | null;
  readonly softwareSystem: string | null;
}

/** Any other event: an application's own, or gossip between workers. */
interface CustomEvent extends EventCommon {
  readonly type: "custom";
  readonly eventType: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type TaskEvent =
  | TaskSentEvent
  | TaskReceivedEvent
  | TaskStartedEvent
  | TaskSucceededEvent
  | TaskFailedEvent
  | TaskRevokedEvent
  | TaskRejectedEvent
  | TaskCancelledEvent
  | CustomTaskEvent;

/** One event, told apart by `type`. */
export type CeleryEvent = TaskEvent | WorkerEvent | CustomEvent;

/** Whether an event is about one task: then it has a `uuid`. */
export function isTaskEvent(event: CeleryEvent): event is TaskEvent {
  return "uuid" in event;
}

/** Whether a worker reports about itself. */
export function isWorkerEvent(event: CeleryEvent): event is WorkerEvent {
  return (
    event.type === "worker-online" || event.type === "worker-heartbeat" || event.type === "worker-offline"
  );
}
