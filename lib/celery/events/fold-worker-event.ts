import {
  type CeleryEvent,
  type CustomTaskEvent,
  isTaskEvent,
  isWorkerEvent,
  type TaskEvent,
  type TaskSentEvent,
  type WorkerEvent,
} from "../celery-event";
import { createWorkerRecord, type WorkerRecord } from "../worker-record";

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
 * What is known of a worker after one event more; `receivedAt` is epoch ms by our own clock. A task's event is a sign of
 * life too, but does not undo `worker-offline`. A heartbeat that was asked for says nothing of the worker's own interval and
 * of its tasks (celery-wire.md D.3): then the old values stay. A process that was followed by another of the same name,
 * and is about to end, changes nothing any more.
 */
export function foldWorkerEvent(
  record: WorkerRecord | null,
  event: WorkerSignal,
  receivedAt: number,
): WorkerRecord {
  const before = record ?? meet(event, receivedAt);
  if (isOfFormerProcess(before, event)) return before;
  const known = isOfAnotherProcess(before, event) ? startAnew(before, event, receivedAt) : before;
  const lastHeartbeatAt = Math.max(known.lastHeartbeatAt, receivedAt);
  if (!("freqSeconds" in event)) {
    // Of thousands a second that come in one moment, the first says it.
    const isSaid = known.progressAt === receivedAt && known.lastHeartbeatAt === lastHeartbeatAt;
    if (isSaid && known.announced !== "silent" && (known.pid !== null || event.pid === null)) return known;
    const announced = known.announced === "offline" ? "offline" : "online";
    return { ...known, announced, lastHeartbeatAt, progressAt: receivedAt, pid: known.pid ?? event.pid };
  }
  return {
    hostname: known.hostname,
    announced: event.type === "worker-offline" ? "offline" : "online",
    lastHeartbeatAt,
    freqSeconds: ownInterval(event) ?? known.freqSeconds,
    pid: event.pid ?? known.pid,
    formerPid: known.formerPid,
    bornAt: known.bornAt,
    progressAt: hasProgressed(known, event) ? receivedAt : known.progressAt,
    clockAheadMs: event.timestamp - receivedAt,
    active: event.active ?? known.active,
    processed: event.processed ?? known.processed,
    loadAverage: event.loadAverage ?? known.loadAverage,
    softwareIdentity: event.softwareIdentity ?? known.softwareIdentity,
    softwareVersion: event.softwareVersion ?? known.softwareVersion,
    softwareSystem: event.softwareSystem ?? known.softwareSystem,
  };
}

/** Said by a process that another has followed, as long as that one lives; or a goodbye that comes after it. */
function isOfFormerProcess(known: WorkerRecord, event: WorkerSignal): boolean {
  if (!hasOtherPid(known, event)) return false;
  if (event.type === "worker-offline" || event.timestamp < (known.bornAt ?? 0)) return true;
  return event.pid === known.formerPid && known.announced === "online";
}

function isOfAnotherProcess(known: WorkerRecord, event: WorkerSignal): boolean {
  return hasOtherPid(known, event) || hasCountedAnew(known, event);
}

function hasOtherPid(known: WorkerRecord, event: WorkerSignal): boolean {
  return known.pid !== null && event.pid !== null && event.pid !== known.pid;
}

/** A process never has processed less than before. In containers every one has the same pid. */
function hasCountedAnew(known: WorkerRecord, event: WorkerSignal): boolean {
  const processed = "processed" in event ? event.processed : null;
  return processed !== null && known.processed !== null && processed < known.processed;
}

/** A worker of the same name that started later: nothing that the former one counted is its own. */
function startAnew(former: WorkerRecord, event: WorkerSignal, receivedAt: number): WorkerRecord {
  return {
    ...meet(event, receivedAt),
    formerPid: former.pid,
    bornAt: event.timestamp,
    lastHeartbeatAt: former.lastHeartbeatAt,
  };
}

/** null in a heartbeat that somebody asked for: it always says 5 s, and nothing of the tasks. */
function ownInterval({ freqSeconds, active, processed }: WorkerEvent): number | null {
  if (active === null && processed === null) return null;
  return freqSeconds !== null && freqSeconds > 0 ? Math.min(freqSeconds, MAX_FREQ_SECONDS) : null;
}

/** Whether the numbers of tasks are others than before. */
function hasProgressed(known: WorkerRecord, { active, processed }: WorkerEvent): boolean {
  return (
    (active !== null && active !== known.active) || (processed !== null && processed !== known.processed)
  );
}

/** A process that was heard for the first time; only its own greeting tells when it began. */
function meet(event: WorkerSignal, receivedAt: number): WorkerRecord {
  const bornAt = event.type === "worker-online" ? event.timestamp : null;
  return { ...createWorkerRecord(event.hostname, receivedAt), pid: event.pid, bornAt };
}
