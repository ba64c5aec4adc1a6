import { findGoneWorker } from "@/lib/celery/find-gone-worker";
import { formatCounted } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";
import type { HeldTask } from "@/lib/store/held-tasks";
import type { StoredWorkerMark } from "@/lib/store/worker-mark";
import type { StoredWorker } from "@/lib/store/workers";
import { getReservedSince, getRunningSince, isRunning, tellItsTime } from "../held-time";
import type { ClusterFacts } from "./cluster-facts";

/** Shorter tasks, and shorter waits, are nobody's trouble. */
const LONG_MS = 30_000;

const REMEDY =
  "Set worker_prefetch_multiplier = 1, with task_acks_late = True where tasks may run twice, so that a worker reserves " +
  "no more than it runs; start workers of Celery before 4 with -O fair.";

/**
 * The mark of a worker in which tasks wait behind a long-running one while another worker of the same queue has nothing to do
 * (celery-wire.md K); null when there is no such thing.
 */
export function findHoarding(worker: StoredWorker, facts: ClusterFacts): StoredWorkerMark | null {
  const itsNow = tellItsTime(worker, facts.now);
  const own = facts.held.filter(
    (task) => task.worker === worker.hostname && findGoneWorker(task, worker, facts.now) === null,
  );
  const longest = own.filter(isRunning).sort((a, b) => getRunningSince(a) - getRunningSince(b))[0];
  if (longest === undefined || itsNow - getRunningSince(longest) < LONG_MS) return null;
  const waiting = own.filter((task) => isWaitingLong(task, worker, itsNow));
  const queues = listQueuesOf(waiting, worker);
  const idle = facts.workers.find((other) => other !== worker && isIdle(other, queues, facts));
  if (waiting.length === 0 || idle === undefined) return null;
  const count = `${formatCounted(waiting.length, "task")} ${waiting.length === 1 ? "waits" : "wait"} in it`;
  const runs = formatWholeDuration((itsNow - getRunningSince(longest)) / 1000);
  const free = formatCounted(countFreeSlots(idle) ?? 0, "free slot");
  return {
    mark: "hoarding",
    detail: `${count} behind ${longest.name ?? "a task"}, which has run for ${runs}, while ${idle.hostname} has ${free}.`,
    remedy: REMEDY,
  };
}

function isWaitingLong(task: HeldTask, worker: StoredWorker, itsNow: number): boolean {
  if (isRunning(task)) return false;
  const since = getReservedSince(task, itsNow);
  const rate = task.name === null ? null : (worker.answers?.limits?.[task.name]?.rateLimit ?? null);
  return since !== null && itsNow - since >= LONG_MS && rate === null;
}

/** Where the tasks came from, as far as their senders have said, or else where they may have. */
function listQueuesOf(tasks: readonly HeldTask[], { answers }: StoredWorker): readonly string[] {
  const known = tasks.flatMap(({ queue }) => queue ?? []);
  return known.length > 0 ? known : (answers?.queues ?? []);
}

/** A worker of one of the queues that would begin what it took: it has a free slot, and nothing waits in it. */
function isIdle(worker: StoredWorker, queues: readonly string[], facts: ClusterFacts): boolean {
  if (!worker.answers?.queues?.some((queue) => queues.includes(queue))) return false;
  if ((countFreeSlots(worker) ?? 0) <= 0 || facts.unanswered(worker.hostname) !== null) return false;
  const itsNow = tellItsTime(worker, facts.now);
  const waits = (task: HeldTask) => !isRunning(task) && getReservedSince(task, itsNow) !== null;
  return !facts.held.some((task) => task.worker === worker.hostname && waits(task));
}

function countFreeSlots({ active, answers }: StoredWorker): number | null {
  const concurrency = answers?.concurrency ?? null;
  return active === null || concurrency === null ? null : concurrency - active;
}
