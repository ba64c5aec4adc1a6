import { foldResult } from "@/lib/celery/events/fold-result";
import { decodeResultMeta, type ResultMeta } from "@/lib/celery/result/decode-result-meta";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { FoldedEvents } from "./fold-events";

/** A task's end that no event told: an entry of a result backend, or what a row of the result table says. */
export interface ToldResult {
  readonly taskId: string;
  readonly entry: Uint8Array | ResultMeta;
  /** Epoch ms at which it counts as ended. */
  readonly receivedAt: number;
}

interface ResultHooks {
  /** What is known of a task before. */
  readonly task: (id: string) => TaskRecord | null;
  /** Hears of each end that only a backend told. */
  readonly onEnd: (record: TaskRecord, receivedAt: number) => void;
}

/** Adds to what events changed the ends that only a result backend told. Pure, but for `onEnd`. */
export function foldResults(
  folded: FoldedEvents,
  results: readonly ToldResult[],
  { task: known, onEnd }: ResultHooks,
): FoldedEvents {
  if (results.length === 0) return folded;
  const tasks = new Map(folded.tasks);
  const throughput = [...folded.throughput];
  const taskTypes = [...folded.taskTypes];
  for (const { taskId, entry, receivedAt } of results) {
    const meta = entry instanceof Uint8Array ? decodeResultMeta(entry) : entry;
    const record = meta && foldResult(tasks.get(taskId) ?? known(taskId), taskId, meta, receivedAt);
    if (record === null) continue;
    tasks.set(taskId, record);
    onEnd(record, receivedAt);
    const { name, queue, state } = record;
    if (name !== null) taskTypes.push({ name, queue, at: receivedAt });
    const counts = {
      succeeded: Number(state === "SUCCESS"),
      failed: Number(state === "FAILURE"),
      retried: 0,
    };
    throughput.push({ at: receivedAt, ...counts });
  }
  return { ...folded, tasks, taskTypes, throughput };
}
