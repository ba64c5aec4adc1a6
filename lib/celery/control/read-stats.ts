import { arrayOf, integerOf, numberOf, objectOf, textOf } from "../wire-fields";
import type { WireObject, WireValue } from "../wire-value";

/** A worker's `stats` (celery-wire.md C.5). null is "not said". */
export interface WorkerStats {
  /** `prefork`, `solo`, `threads`, `gevent`, `eventlet`, or the module and class of another pool. */
  readonly pool: string | null;
  /** Its processes; `max-concurrency`, which other pools say, stays what it was at the start when a pool grows. */
  readonly concurrency: number | null;
  readonly prefetchCount: number | null;
  readonly pid: number | null;
  readonly uptimeSeconds: number | null;
  /** Largest resident set of the main process so far. */
  readonly maxRssBytes: number | null;
  /** Time limits of tasks that have none of their own; 0 is none, null not said. */
  readonly softLimitSeconds: number | null;
  readonly hardLimitSeconds: number | null;
  /** Tasks accepted since the start, by name. */
  readonly totals: ReadonlyMap<string, number>;
}

const NOTHING: WireObject = new Map();
const OWN_POOL = /^celery\.concurrency\.(\w+):/;

/** Reads the reply to `stats`; whatever it lacks is null. Never throws. */
export function readStats(reply: WireValue): WorkerStats {
  const stats = objectOf(reply) ?? NOTHING;
  const pool = objectOf(stats.get("pool")) ?? NOTHING;
  const maxRssKilobytes = integerOf(objectOf(stats.get("rusage"))?.get("maxrss"));
  return {
    pool: readPool(pool),
    concurrency: arrayOf(pool.get("processes"))?.length ?? integerOf(pool.get("max-concurrency")),
    prefetchCount: integerOf(stats.get("prefetch_count")),
    pid: integerOf(stats.get("pid")),
    uptimeSeconds: integerOf(stats.get("uptime")),
    maxRssBytes: maxRssKilobytes === null ? null : maxRssKilobytes * 1024,
    softLimitSeconds: readTimeout(pool, 0),
    hardLimitSeconds: readTimeout(pool, 1),
    totals: readTotals(objectOf(stats.get("total")) ?? NOTHING),
  };
}

/** Prefork says `[soft, hard]`, null or 0 for none; the other pools can't interrupt a task. */
function readTimeout(pool: WireObject, index: 0 | 1): number | null {
  const timeouts = arrayOf(pool.get("timeouts"));
  return timeouts?.length === 2 ? (numberOf(timeouts[index]) ?? 0) : null;
}

/** Celery ≥ 5.3 names its pool; before, each kind is known by what it alone reports. */
function readPool(pool: WireObject): string | null {
  const implementation = textOf(pool.get("implementation"));
  if (implementation !== null) return OWN_POOL.exec(implementation)?.[1] ?? implementation;
  if (pool.has("put-guarded-by-semaphore")) return "prefork";
  if (pool.has("threads")) return "threads";
  if (pool.has("free-threads")) return "eventlet";
  return pool.has("processes") ? "solo" : null;
}

function readTotals(totals: WireObject): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [name, value] of totals) {
    const count = integerOf(value);
    if (count !== null) counts.set(name, count);
  }
  return counts;
}
