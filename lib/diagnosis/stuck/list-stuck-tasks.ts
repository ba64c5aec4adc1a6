import { getCollectorStatus } from "@/lib/store/collector-status";
import { type HeldTask, listHeldTasks } from "@/lib/store/held-tasks";
import { getUsualRuntimes } from "@/lib/store/usual-runtimes";
import { listWorkers } from "@/lib/store/workers";
import { isRunning } from "../held-time";
import { confirmStuckTasks } from "./confirm-stuck-tasks";
import { describeBlindness } from "./describe-blindness";
import { judgeTask } from "./judge-task";
import type { StuckFacts, StuckSources, StuckTask } from "./stuck-task";

/** Of each state: those whose state is oldest. */
const MAX_HELD = 2_000;
/** Names of running tasks whose usual runtime is looked up. */
const MAX_NAMES = 50;
/** The longest are listed. */
const MAX_LISTED = 500;

export interface StuckList {
  /** Those that are stuck for longest first; at most 500. */
  readonly tasks: readonly StuckTask[];
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
  /** False when what is known is old: then an empty list tells nothing. */
  readonly isCurrent: boolean;
}

/**
 * Lists the tasks that are stuck at `now` (epoch ms): as their events tell, less those that the result table or their workers
 * know to have ended. `seconds` is how long a task may be reserved. A bounded number of tasks is looked at, the oldest.
 */
export async function listStuckTasks(
  sources: StuckSources,
  { seconds, now }: { readonly seconds: number; readonly now: number },
): Promise<StuckList> {
  const { store } = sources;
  const [held, workers, status] = await Promise.all([
    listHeldTasks(store, MAX_HELD),
    listWorkers(store),
    getCollectorStatus(store, now),
  ]);
  const facts: StuckFacts = {
    ...{ now, seconds, visibilityTimeoutSeconds: sources.visibilityTimeoutSeconds },
    workers: new Map(workers.map((worker) => [worker.hostname, worker])),
    usual: await getUsualRuntimes(store, listRunningNames(held.tasks)),
  };
  const judged = held.tasks.flatMap((task) => judgeTask(task, facts) ?? []).sort(byDuration);
  const confirmed = await confirmStuckTasks(sources, judged.slice(0, MAX_LISTED), facts);
  const blindness = describeBlindness(status);
  return {
    tasks: confirmed.tasks,
    isCurrent: blindness === null,
    notes: [
      ...(blindness === null ? [] : [blindness]),
      ...(held.isComplete
        ? []
        : [`Workers hold very many tasks: the ${MAX_HELD} oldest of each state were looked at.`]),
      ...(judged.length > MAX_LISTED
        ? [`More than ${MAX_LISTED} tasks are stuck: the longest are listed.`]
        : []),
      ...confirmed.notes,
    ],
  };
}

function listRunningNames(tasks: readonly HeldTask[]): readonly string[] {
  const names = tasks.flatMap((task) => (isRunning(task) && task.name !== null ? task.name : []));
  return [...new Set(names)].slice(0, MAX_NAMES);
}

/** The longest first; those of which that is not known before all others. */
function byDuration(a: StuckTask, b: StuckTask): number {
  return (b.forSeconds ?? Number.MAX_VALUE) - (a.forSeconds ?? Number.MAX_VALUE);
}
