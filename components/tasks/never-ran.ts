import type { Task } from "@/lib/api/schemas/tasks";

export const NEVER_RAN = "never ran: a step before it failed";

/**
 * Whether no worker ever had a task that failed, as far as a list can tell. When a step of a chain or a part of a chord fails, Celery
 * stores FAILURE for the steps after it as well: with their args, but without a worker (docs/args.md).
 */
export function hasNeverRun(task: Pick<Task, "state" | "worker" | "args" | "exception">): boolean {
  const { state, worker, args, exception } = task;
  return state === "FAILURE" && worker === null && args !== null && exception === null;
}
