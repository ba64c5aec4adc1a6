import { LRUCache } from "lru-cache";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { WorkerRecord } from "@/lib/celery/worker-record";

const MAX_TASKS = 20_000;
const MAX_TASK_CHARACTERS = 40_000_000;
const MAX_WORKERS = 5_000;
/** What a record takes beside its texts, roughly. */
const RECORD_OVERHEAD = 500;

/** The records that events changed last, so that most events need no look into the store. */
export class RecentRecords {
  readonly tasks = new LRUCache<string, TaskRecord>({
    max: MAX_TASKS,
    maxSize: MAX_TASK_CHARACTERS,
    sizeCalculation: sizeOf,
  });
  readonly workers = new LRUCache<string, WorkerRecord>({ max: MAX_WORKERS });
}

function sizeOf({ args, kwargs, result, exception, traceback, attempts }: TaskRecord): number {
  return (
    RECORD_OVERHEAD * (1 + attempts.length) +
    lengthOf(args) +
    lengthOf(kwargs) +
    lengthOf(result) +
    lengthOf(exception) +
    lengthOf(traceback)
  );
}

function lengthOf(text: string | null): number {
  return text?.length ?? 0;
}
