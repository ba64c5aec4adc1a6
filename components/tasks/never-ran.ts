import type { Task } from "@/lib/api/schemas/tasks";
import { hasNeverRun } from "@/lib/celery/never-ran";

/** What a list says of a failed task that no worker ever had; null for others, also for one of which events told an exception. */
export function describeNeverRun(task: Task): string | null {
  return hasNeverRun(task) && task.exception === null ? "never ran: a step before it failed" : null;
}
