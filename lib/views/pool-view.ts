import type { WorkerPool } from "@/lib/api/schemas/worker-parts";
import { readPoolStats } from "@/lib/celery/control/read-pool-stats";
import { booleanOf, integerOf, objectOf } from "@/lib/celery/wire-fields";
import type { WorkerInterview } from "./ask-worker";

/** The pool as `stats` tells it, with the settings that bear on it; null where the worker did not say. */
export function viewPool({ stats, conf }: Pick<WorkerInterview, "stats" | "conf">): WorkerPool | null {
  const pool = readPoolStats(stats);
  if (pool === null) return null;
  const settings = objectOf(conf);
  return {
    ...pool,
    processes: pool.processes && [...pool.processes],
    canRestart: booleanOf(settings?.get("worker_pool_restarts")),
    prefetchMultiplier: integerOf(settings?.get("worker_prefetch_multiplier")),
  };
}
