import type { Stats } from "@/lib/api/schemas/live";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { BatchRecord } from "@/lib/store/batch-record";
import { listLiveBatches } from "@/lib/store/batches";
import { getCollectorStatus } from "@/lib/store/collector-status";
import { listQueues } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { countFailedSince } from "@/lib/store/throughput";
import { listWorkers } from "@/lib/store/workers";

const HOUR_MS = 3_600_000;

/** The figures of the strip on every page, as of `now` (epoch ms). */
export async function getLiveStats(store: Store, now: number): Promise<Stats> {
  const [collector, queues, workers, failedLastHour, batches] = await Promise.all([
    getCollectorStatus(store, now),
    listQueues(store),
    listWorkers(store),
    countFailedSince(store, now - HOUR_MS),
    listLiveBatches(store),
  ]);
  const online = workers.filter(isWorkerOnline);
  return {
    eventsPerSecond: collector?.eventsPerSecond ?? 0,
    queues: Object.fromEntries(queues.map(({ name, depth }) => [name, depth])),
    workersOnline: online.length,
    active: online.reduce((sum, { active }) => sum + (active ?? 0), 0),
    failedLastHour,
    // A store of an earlier version has none.
    stuckTasks: (collector?.active ? collector.stuckTasks : null) ?? null,
    batches: batches.map(toLiveBatch),
  };
}

function toLiveBatch({
  id,
  state,
  total,
  dispatched,
  skipped,
  failed,
}: BatchRecord): Stats["batches"][number] {
  return {
    id,
    state: state === "paused" ? "paused" : "running",
    total,
    dispatched,
    settled: dispatched + skipped + failed,
  };
}
