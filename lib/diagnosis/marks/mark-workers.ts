import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { formatBytes } from "@/lib/format/bytes";
import { formatWholeDuration } from "@/lib/format/duration";
import type { StoredWorkerMark } from "@/lib/store/worker-mark";
import type { StoredWorker } from "@/lib/store/workers";
import type { ClusterFacts, MemoryGrowth } from "./cluster-facts";
import { findFrozen } from "./find-frozen";
import { findHoarding } from "./find-hoarding";

/** Hostname → what is wrong with the worker; `[]` for one that is offline, or with which nothing is. */
export function markWorkers(facts: ClusterFacts): ReadonlyMap<string, readonly StoredWorkerMark[]> {
  const online = { ...facts, workers: facts.workers.filter(isWorkerOnline) };
  return new Map(
    facts.workers.map((worker) => [worker.hostname, isWorkerOnline(worker) ? listMarks(worker, online) : []]),
  );
}

function listMarks(worker: StoredWorker, facts: ClusterFacts): StoredWorkerMark[] {
  const growth = facts.memory(worker.hostname);
  const marks = [
    findFrozen(worker, facts),
    findHoarding(worker, facts),
    growth && describeGrowth(worker, growth),
  ];
  return marks.filter((mark) => mark !== null);
}

/** Celery tells the memory of the main process alone, which forks the others. */
function describeGrowth({ answers }: StoredWorker, growth: MemoryGrowth): StoredWorkerMark {
  const { fromBytes, toBytes, seconds } = growth;
  const isPrefork = answers?.pool === "prefork";
  return {
    mark: "memory-growing",
    detail:
      `The memory of its main process has risen steadily, from ${formatBytes(fromBytes)} to ${formatBytes(toBytes)} ` +
      `in ${formatWholeDuration(seconds)}.`,
    remedy: isPrefork
      ? "Set worker_max_tasks_per_child or worker_max_memory_per_child, so that the processes that run its tasks are " +
        "replaced; its main process, which is measured, only by a restart."
      : "Restart it, and look for what its tasks keep: this pool runs them in the process that is measured, so " +
        "worker_max_tasks_per_child and worker_max_memory_per_child need the prefork pool.",
  };
}
