import type { Task } from "@/lib/api/schemas/tasks";
import { hasNeverRun, NEVER_RAN } from "./never-ran";

/** What a task failed with, or that it failed without having run. */
export function TaskError({ task }: { task: Task }) {
  if (hasNeverRun(task)) return <span className="text-ink-muted">{NEVER_RAN}</span>;
  return <span className="font-mono text-red text-xs">{task.exception}</span>;
}
