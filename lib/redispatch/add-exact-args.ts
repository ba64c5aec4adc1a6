import { isWorthReplacing } from "@/lib/celery/args/choose-args";
import { AppError } from "@/lib/errors";
import { type ExactArgsSources, findExactArgs } from "@/lib/history/find-exact-args";
import { readTaskArgs } from "./read-task-args";
import type { TaskEvidence } from "./task-evidence";

/**
 * The tasks, at most 1,000, with real args where those at hand are lossy, typed or unknown and a source has better ones.
 * Costs nothing where all are ready. While a configured backend is away it rejects with AppError `results_unavailable`,
 * or does without it (`skip`): a preview is worth having then, a batch would pass over tasks that it promised.
 */
export async function addExactArgs(
  sources: ExactArgsSources,
  tasks: readonly TaskEvidence[],
  whenAway: "reject" | "skip" = "reject",
): Promise<readonly TaskEvidence[]> {
  const wanting = tasks.filter((task) => isWorthReplacing(readTaskArgs(task).argsClass)).map(({ id }) => id);
  const found = await findExactArgs(sources, wanting).catch((error: unknown) => {
    if (whenAway === "reject" || !(error instanceof AppError && error.code === "results_unavailable"))
      throw error;
    return findExactArgs({ store: sources.store }, wanting);
  });
  if (found.size === 0) return tasks;
  return tasks.map((task) => {
    const exact = found.get(task.id);
    return exact === undefined ? task : { ...task, exact };
  });
}
