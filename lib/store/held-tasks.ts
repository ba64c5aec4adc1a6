import type { TaskAttempt } from "@/lib/celery/task-record";
import { sql, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

/** States in which no worker has the task: it waits in its queue, or has ended. */
const NOT_HELD = new Set(["PENDING", "RETRY", "REJECTED", "CANCELLED", "SUCCESS", "FAILURE", "REVOKED"]);
/** Custom states beyond these are not looked at. */
const MAX_STATES = 50;

/** A task that, by its events, some worker has. Times are epoch ms by that worker's clock. */
export interface HeldTask {
  readonly id: string;
  readonly name: string | null;
  /** RECEIVED, STARTED, or a custom state of a task that runs. */
  readonly state: string;
  readonly worker: string | null;
  readonly queue: string | null;
  /** ISO 8601 text, as it was sent. */
  readonly eta: string | null;
  readonly retries: number | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly stateAt: number;
  readonly attempts: readonly TaskAttempt[];
}

interface HeldRow {
  readonly id: string;
  readonly name: string | null;
  readonly state: string;
  readonly worker: string | null;
  readonly queue: string | null;
  readonly eta: string | null;
  readonly retries: number | bigint | null;
  readonly received_at: number | bigint | null;
  readonly started_at: number | bigint | null;
  readonly state_at: number | bigint;
  readonly attempts: string;
}

/**
 * The tasks that workers have, those whose state is oldest first, at most `limit` of each state; `isComplete` is false when
 * there are more.
 */
export async function listHeldTasks(
  store: Store,
  limit: number,
): Promise<{ readonly tasks: readonly HeldTask[]; readonly isComplete: boolean }> {
  const tasks: HeldTask[] = [];
  let isComplete = true;
  for (const state of await listStates(store)) {
    if (NOT_HELD.has(state)) continue;
    const rows = await store.client.$queryRaw<HeldRow[]>`
      SELECT id, name, state, worker, queue, eta, retries, received_at, started_at, state_at, attempts FROM task_open
      WHERE state = ${state} ORDER BY sort_at, id LIMIT ${limit + 1}`;
    if (rows.length > limit) isComplete = false;
    tasks.push(...rows.slice(0, limit).map(toHeldTask));
  }
  return { tasks, isComplete };
}

/** The states of tasks that have not ended, by hops along the index: what is asked for would be found in no other way without a scan. */
async function listStates(store: Store): Promise<readonly string[]> {
  const rows = await store.client.$queryRaw<{ state: string }[]>(sql`
    WITH RECURSIVE seen(state) AS (
      SELECT min(state) FROM task_open
      UNION ALL
      SELECT (SELECT min(t.state) FROM task_open AS t WHERE t.state > seen.state) FROM seen WHERE seen.state IS NOT NULL
    )
    SELECT state FROM seen WHERE state IS NOT NULL LIMIT ${MAX_STATES}`);
  return rows.map(({ state }) => state);
}

function toHeldTask(row: HeldRow): HeldTask {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    worker: row.worker,
    queue: row.queue,
    eta: row.eta,
    retries: toNumberOrNull(row.retries),
    receivedAt: toNumberOrNull(row.received_at),
    startedAt: toNumberOrNull(row.started_at),
    stateAt: toNumber(row.state_at),
    // Written by lib/store/task-row.ts, nothing else writes this column.
    attempts: JSON.parse(row.attempts) as TaskAttempt[],
  };
}
