import {
  type CeleryEvent,
  type CustomTaskEvent,
  isTaskEvent,
  isWorkerEvent,
  type TaskEvent,
  type TaskSentEvent,
  type WorkerEvent,
} from "../celery-event";
import type { WorkerRecord } from "../worker-record";

/** Celery's default interval between heartbeats, in seconds. */
const DEFAULT_FREQ_SECONDS = 2;
/** More would keep a dead worker online for hours. */
const MAX_FREQ_SECONDS = 600;

/** Events that a worker's main process sends: `task-sent` and a task's own events may come from anybody. */
export type WorkerSignal = WorkerEvent | Exclude<TaskEvent, TaskSentEvent | CustomTaskEvent>;

/** Whether an event shows that the worker that it names is alive. */
export function isWorkerSignal(event: CeleryEvent): event is WorkerSignal {
  if (!isTaskEvent(event)) return isWorkerEvent(event);
  return event.type !== "task-sent" && event.type !== "task-custom";
}

/**
 * What is known of a worker after one event more. A task's event is a sign of life too, by our own clock `receivedAt`
 * (epoch ms), but does not undo `worker-offline`. A heartbeat that was asked for says nothing of active and processed
 * tasks: then the old values stay.
 */
export function foldWorkerEvent(
  record: WorkerRecord | null,
  event: WorkerSignal,
  receivedAt: number,
): WorkerRecord {
  const known = record ?? blank(event.hostname, receivedAt);
  const lastHeartbeatAt = Math.max(known.lastHeartbeatAt, receivedAt);
  if (!("freqSeconds" in event)) return { ...known, lastHeartbeatAt, pid: known.pid ?? event.pid };
  const freqSeconds = event.freqSeconds ?? 0;
  return {
    hostname: known.hostname,
    announced: event.type === "worker-offline" ? "offline" : "online",
    lastHeartbeatAt,
    freqSeconds: freqSeconds > 0 ? Math.min(freqSeconds, MAX_FREQ_SECONDS) : known.freqSeconds,
    pid: event.pid ?? known.pid,
    active: event.active ?? known.active,
    processed: event.processed ?? known.processed,
    loadAverage: event.loadAverage ?? known.loadAverage,
    softwareIdentity: event.softwareIdentity ?? known.softwareIdentity,
    softwareVersion: event.softwareVersion ?? known.softwareVersion,
    softwareSystem: event.softwareSystem ?? known.softwareSystem,
  };
}

function blank(hostname: string, receivedAt: number): WorkerRecord {
  return {
    hostname,
    announced: "online",
    lastHeartbeatAt: receivedAt,
    freqSeconds: DEFAULT_FREQ_SECONDS,
    pid: null,
    active: null,
    processed: null,
    loadAverage: null,
    softwareIdentity: null,
    softwareVersion: null,
    softwareSystem: null,
  };
}
