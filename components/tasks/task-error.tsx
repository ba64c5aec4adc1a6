import type { Task } from "@/lib/api/schemas/tasks";
import { describeNeverRun } from "./never-ran";

/** What a task failed with, or that it failed without having run. */
export function TaskError({ task }: { task: Task }) {
  const neverRan = describeNeverRun(task);
  if (neverRan !== null) return <span className="text-ink-muted">{neverRan}</span>;
  return <span className="font-mono text-red text-xs">{task.exception}</span>;
}
