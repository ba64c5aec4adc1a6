import type { TaskEvent } from "@/lib/celery/celery-event";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import type { TaskRecord } from "@/lib/celery/task-record";

/** The record of a task of which these events were heard, in this order. */
export function foldTaskEvents(events: readonly TaskEvent[]): TaskRecord {
  const record = events.reduce<TaskRecord | null>(foldTaskEvent, null);
  if (record === null) throw new Error("no events");
  return record;
}
