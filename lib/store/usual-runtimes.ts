import type { Store } from "./store";
import { UNFINISHED_SORT_AT } from "./task-row";

/** Enough for a p99; read along the index of names. */
const NEWEST_RUNS = 1_000;

/** How long the newest runs of a task took. */
export interface UsualRuntime {
  /** Runs that succeeded, at most 1,000. */
  readonly runs: number;
  /** Seconds, nearest rank. */
  readonly p99: number;
}

/**
 * How long the newest tasks of each name took that succeeded; names without one are absent. It looks for each name by itself,
 * so that a rare task is not lost among frequent ones; so ask for few names.
 */
export async function getUsualRuntimes(
  store: Store,
  names: readonly string[],
): Promise<ReadonlyMap<string, UsualRuntime>> {
  const usual = new Map<string, UsualRuntime>();
  for (const name of names) {
    const rows = await store.client.$queryRaw<{ runtime_seconds: number }[]>`
      SELECT runtime_seconds FROM (
        SELECT state, runtime_seconds FROM task
        WHERE coalesce(name, '') = ${name} AND sort_at < ${UNFINISHED_SORT_AT}
        ORDER BY sort_at DESC, id DESC LIMIT ${NEWEST_RUNS}) AS t
      WHERE state = 'SUCCESS' AND runtime_seconds IS NOT NULL ORDER BY runtime_seconds`;
    const p99 = rows[Math.ceil(rows.length * 0.99) - 1]?.runtime_seconds;
    if (p99 !== undefined) usual.set(name, { runs: rows.length, p99: Number(p99) });
  }
  return usual;
}
