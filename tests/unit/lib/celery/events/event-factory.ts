import type {
  CustomTaskEvent,
  TaskFailedEvent,
  TaskReceivedEvent,
  TaskRejectedEvent,
  TaskSentEvent,
  TaskStartedEvent,
  TaskSucceededEvent,
  WorkerEvent,
} from "@/lib/celery/celery-event";

/** For the events of a second worker, which had the task too. */
export const OTHER_WORKER = { hostname: "w2@vm" };

const COMMON = { uuid: "id-1", hostname: "w1@vm", pid: 1, clock: 1 };
const DESCRIPTION = {
  name: "shop.pay",
  args: "(1,)",
  kwargs: "{}",
  rootId: "id-1",
  parentId: null,
  retries: 0,
  eta: null,
  expires: null,
};

/** Events of one task as a worker `w1@vm` sends them; the time is in milliseconds. */
export function sent(timestamp: number, change: Partial<TaskSentEvent> = {}): TaskSentEvent {
  const route = { queue: "celery", exchange: "", routingKey: "celery" };
  return {
    type: "task-sent",
    ...COMMON,
    hostname: "gen1@vm",
    ...DESCRIPTION,
    ...route,
    timestamp,
    ...change,
  };
}

export function received(timestamp: number, change: Partial<TaskReceivedEvent> = {}): TaskReceivedEvent {
  return { type: "task-received", ...COMMON, ...DESCRIPTION, timestamp, ...change };
}

export function started(timestamp: number, change: Partial<TaskStartedEvent> = {}): TaskStartedEvent {
  return { type: "task-started", ...COMMON, timestamp, ...change };
}

export function succeeded(timestamp: number, change: Partial<TaskSucceededEvent> = {}): TaskSucceededEvent {
  return { type: "task-succeeded", ...COMMON, result: "'ok'", runtimeSeconds: 0.25, timestamp, ...change };
}

export function failed(timestamp: number, change: Partial<TaskFailedEvent> = {}): TaskFailedEvent {
  const failure = { exception: "ValueError('no')", traceback: "Traceback\nValueError: no" };
  return { type: "task-failed", ...COMMON, ...failure, timestamp, ...change };
}

export function retried(timestamp: number, change: Partial<TaskFailedEvent> = {}): TaskFailedEvent {
  return failed(timestamp, { type: "task-retried", exception: "OSError('again')", ...change });
}

export function rejected(timestamp: number): TaskRejectedEvent {
  return { type: "task-rejected", ...COMMON, isRequeued: false, timestamp };
}

export function progress(timestamp: number, change: Partial<CustomTaskEvent> = {}): CustomTaskEvent {
  return { type: "task-custom", eventType: "task-progress", ...COMMON, fields: {}, timestamp, ...change };
}

export function heartbeat(change: Partial<WorkerEvent> = {}): WorkerEvent {
  return {
    type: "worker-heartbeat",
    hostname: "w1@vm",
    timestamp: 1000,
    pid: 7,
    clock: 5,
    freqSeconds: 2,
    active: 3,
    processed: 40,
    loadAverage: [1, 0.5, 0.25],
    softwareIdentity: "py-celery",
    softwareVersion: "5.6.3",
    softwareSystem: "Linux",
    ...change,
  };
}
