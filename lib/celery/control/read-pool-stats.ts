import { arrayOf, integerOf, numberOf, objectOf } from "../wire-fields";
import type { WireObject, WireValue } from "../wire-value";

/** The pool's part of a worker's `stats` (celery-wire.md C.5). */
export interface PoolStats {
  /** Pids of its processes; null where the pool has none (threads, greenlets). */
  readonly processes: readonly number[] | null;
  /** After so many tasks a process is replaced; null is never. */
  readonly maxTasksPerChild: number | null;
  /** Seconds, for tasks that have none of their own; null is no limit. */
  readonly softTimeLimit: number | null;
  readonly timeLimit: number | null;
  /** Set where the worker was started with `--autoscale`. */
  readonly autoscaler: PoolAutoscaler | null;
}

interface PoolAutoscaler {
  readonly min: number;
  readonly max: number;
  readonly current: number;
}

/** Reads the pool out of the reply to `stats`, or null when it holds none. Never throws. */
export function readPoolStats(reply: WireValue): PoolStats | null {
  const stats = objectOf(reply);
  const pool = objectOf(stats?.get("pool"));
  if (pool === null) return null;
  const timeouts = arrayOf(pool.get("timeouts"));
  return {
    processes: readPids(pool.get("processes")),
    // "N/A" where there is no such limit.
    maxTasksPerChild: integerOf(pool.get("max-tasks-per-child")),
    // Both null and 0 are none.
    softTimeLimit: numberOf(timeouts?.[0]) || null,
    timeLimit: numberOf(timeouts?.[1]) || null,
    autoscaler: readAutoscaler(objectOf(stats?.get("autoscaler"))),
  };
}

function readPids(value: WireValue | undefined): number[] | null {
  return arrayOf(value)?.flatMap((pid) => integerOf(pid) ?? []) ?? null;
}

function readAutoscaler(autoscaler: WireObject | null): PoolAutoscaler | null {
  const min = integerOf(autoscaler?.get("min"));
  const max = integerOf(autoscaler?.get("max"));
  const current = integerOf(autoscaler?.get("current"));
  return min === null || max === null || current === null ? null : { min, max, current };
}
