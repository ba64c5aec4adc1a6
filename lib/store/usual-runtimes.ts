import { readTaskTables } from "./read-task-tables";
import { sql } from "./sql";
import type { Store } from "./store";
import { takeInOrder } from "./take-in-order";
import { taskOrder } from "./task-query";
import { OPEN_TASKS } from "./task-tables";

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
    const seconds = await listNewestRuntimes(store, name);
    const p99 = seconds[Math.ceil(seconds.length * 0.99) - 1];
    if (p99 !== undefined) usual.set(name, { runs: seconds.length, p99 });
  }
  return usual;
}

/** The runtimes of the newest tasks of a name, of those that succeeded; the shortest first. */
async function listNewestRuntimes(store: Store, name: string): Promise<readonly number[]> {
  const rows = await readTaskTables(store, (tables) =>
    takeInOrder<{ state: string; runtime_seconds: number | null }>(
      store,
      tables.filter((table) => table !== OPEN_TASKS),
      {
        columns: sql`id, state, runtime_seconds, sort_at`,
        where: sql`coalesce(name, '') = ${name}`,
        ...{ order: taskOrder("-finishedAt"), limit: NEWEST_RUNS },
      },
    ),
  );
  return rows
    .flatMap(({ state, runtime_seconds: seconds }) =>
      state === "SUCCESS" && seconds !== null ? [Number(seconds)] : [],
    )
    .sort((one, other) => one - other);
}
