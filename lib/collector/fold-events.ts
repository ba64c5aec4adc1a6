import { type CeleryEvent, isTaskEvent, type TaskEvent } from "@/lib/celery/celery-event";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import { foldWorkerEvent, isWorkerSignal } from "@/lib/celery/events/fold-worker-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import type { TaskTypeSighting } from "@/lib/store/task-types";
import type { ThroughputPoint } from "@/lib/store/throughput";

/** An event with the time at which it came, epoch ms by our clock. */
export interface ReceivedEvent {
  readonly event: CeleryEvent;
  readonly receivedAt: number;
}

/** What is known of tasks and workers before a batch of events. */
export interface KnownRecords {
  readonly task: (id: string) => TaskRecord | null;
  readonly worker: (hostname: string) => WorkerRecord | null;
}

/** What one event made of its task; `before` is null when the task was not known. */
export interface TaskChange {
  readonly event: TaskEvent;
  readonly record: TaskRecord;
  readonly before: TaskRecord | null;
  readonly receivedAt: number;
}

/** What a batch of events changes: the rows to write. */
export interface FoldedEvents {
  readonly tasks: ReadonlyMap<string, TaskRecord>;
  readonly workers: ReadonlyMap<string, WorkerRecord>;
  readonly taskTypes: readonly TaskTypeSighting[];
  readonly throughput: readonly ThroughputPoint[];
}

const COUNTED: Partial<Record<CeleryEvent["type"], keyof Omit<ThroughputPoint, "at">>> = {
  "task-succeeded": "succeeded",
  "task-failed": "failed",
  "task-retried": "retried",
};

/**
 * Folds events, in the order in which they came, into the records that are known. Pure, but that `onChange` hears of every
 * event of a task.
 */
export function foldEvents(
  events: readonly ReceivedEvent[],
  known: KnownRecords,
  onChange: (change: TaskChange) => void = () => {},
): FoldedEvents {
  const tasks = new Map<string, TaskRecord>();
  const workers = new Map<string, WorkerRecord>();
  const taskTypes = new Map<string, TaskTypeSighting>();
  const throughput = new Map<number, { -readonly [Key in keyof ThroughputPoint]: number }>();
  for (const { event, receivedAt } of events) {
    if (isWorkerSignal(event)) {
      const record = workers.get(event.hostname) ?? known.worker(event.hostname);
      workers.set(event.hostname, foldWorkerEvent(record, event, receivedAt));
    }
    if (!isTaskEvent(event)) continue;
    const before = tasks.get(event.uuid) ?? known.task(event.uuid);
    const record = foldTaskEvent(before, event);
    tasks.set(event.uuid, record);
    onChange({ event, record, before, receivedAt });
    noteTaskType(taskTypes, event, receivedAt);
    const counted = COUNTED[event.type];
    if (counted !== undefined) {
      let point = throughput.get(receivedAt);
      if (point === undefined) {
        point = { at: receivedAt, succeeded: 0, failed: 0, retried: 0 };
        throughput.set(receivedAt, point);
      }
      point[counted] += 1;
    }
  }
  return { tasks, workers, taskTypes: [...taskTypes.values()], throughput: [...throughput.values()] };
}

function noteTaskType(sightings: Map<string, TaskTypeSighting>, event: TaskEvent, receivedAt: number): void {
  if (event.type !== "task-sent" && event.type !== "task-received") return;
  const { name } = event;
  if (name === null) return;
  const queue = event.type === "task-sent" ? event.queue : null;
  sightings.set(name, { name, queue: queue ?? sightings.get(name)?.queue ?? null, at: receivedAt });
}
