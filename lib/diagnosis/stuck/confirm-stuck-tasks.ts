import { isFinalState } from "@/lib/celery/task-state";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import type { ResultTable } from "@/lib/results/results";
import { listRedispatches } from "@/lib/store/redispatch-links";
import { askHolders, type Holdings } from "../ask-holders";
import type { StuckFacts, StuckSources, StuckTask } from "./stuck-task";

interface Confirmation {
  readonly tasks: readonly StuckTask[];
  readonly notes: readonly string[];
}

const UNREAD =
  "The result table is away: a task whose end no event told may be listed although it has ended.";
const UNASKED = "The broker is away, so workers were not asked what they hold.";

/**
 * Leaves out what is not stuck after all: an event may have been missed. The result table knows of a task's end, and a worker
 * that answers knows what it holds. What was lost and has been sent again needs nobody any more.
 */
export async function confirmStuckTasks(
  { store, results, broker }: StuckSources,
  tasks: readonly StuckTask[],
  { workers }: Pick<StuckFacts, "workers">,
): Promise<Confirmation> {
  if (tasks.length === 0) return { tasks, notes: [] };
  const holders = [...new Set(tasks.flatMap(({ worker }) => worker ?? []))]
    .flatMap((hostname) => workers.get(hostname) ?? [])
    .filter(isWorkerOnline);
  const lost = tasks.filter(({ remedy }) => remedy === "redispatch").map(({ id }) => id);
  const [sentAgain, ended, holdings] = await Promise.all([
    listRedispatches(store, lost),
    listEnded(results, tasks).catch(unlessAway("results_unavailable")),
    askHolders(broker, holders).catch(unlessAway("broker_unavailable")),
  ]);
  const left = tasks.filter(
    (task) =>
      !ended?.has(task.id) && !sentAgain.has(task.id) && isStillHeld(task, holdings?.get(task.worker ?? "")),
  );
  const unanswered = holders.filter(({ hostname }) => holdings !== null && !holdings.has(hostname));
  return {
    tasks: left,
    notes: [
      ...(ended === null ? [UNREAD] : []),
      ...(holdings === null ? [UNASKED] : []),
      ...(unanswered.length === 0 ? [] : [describeUnanswered(unanswered.map(({ hostname }) => hostname))]),
    ],
  };
}

/** Ids of the tasks whose row says that they have ended. */
async function listEnded(
  results: ResultTable | null,
  tasks: readonly StuckTask[],
): Promise<ReadonlySet<string>> {
  const ids = tasks.map(({ id }) => id);
  const page = await results?.list({ ids }, "-finishedAt", ids.length, null, { withArgs: false });
  return new Set(page?.rows.filter(({ status }) => isFinalState(status)).map(({ taskId }) => taskId));
}

/** Whether the worker that has the name of the one that took the task contradicts it. */
function isStillHeld({ id, reason }: StuckTask, holdings: Holdings | undefined): boolean {
  if (holdings === undefined) return true;
  const isRun = holdings.running.some((task) => task.id === id);
  const isReserved = holdings.reserved?.some((task) => task.id === id) ?? null;
  // It was said to be lost with a former process; two of one name may be at work.
  if (reason === "worker-gone") return !isRun && isReserved !== true;
  if (reason === "reserved-long") return !isRun && isReserved !== false;
  // Where it is not known whether it is reserved, a delivery that was repeated still counts.
  return isRun || (reason === "redelivered" && isReserved !== false);
}

function unlessAway(code: AppError["code"]): (error: unknown) => null {
  return (error) => {
    if (error instanceof AppError && error.code === code) return null;
    throw error;
  };
}

function describeUnanswered(hostnames: readonly string[]): string {
  const [first, ...others] = hostnames;
  const who = others.length === 0 ? first : `${first} and ${others.length} more`;
  return `${who} did not answer: what is said of ${others.length === 0 ? "its" : "their"} tasks is as events told.`;
}
