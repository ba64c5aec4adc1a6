import { jsonRows } from "./json-rows";
import { integer, sql, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";
import { UNFINISHED_SORT_AT } from "./task-row";

/** Counts and percentiles are those of this many of the newest tasks. */
const NEWEST_TASKS = 50_000;
const MAX_TYPES = 2_000;

/** A task name, and what the newest tasks of the store say of it. */
export interface StoredTaskType {
  readonly name: string;
  /** Epoch ms. */
  readonly lastSeenAt: number;
  readonly lastQueue: string | null;
  /** Tasks that are in the state now. */
  readonly counts: { readonly SUCCESS: number; readonly FAILURE: number; readonly RETRY: number };
  /** Seconds, nearest rank, of the tasks that succeeded; null when there are none. */
  readonly runtime: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null };
  /** Failed ones of those that succeeded or failed; null when there are none. */
  readonly failureRate: number | null;
}

export interface TaskTypeSighting {
  readonly name: string;
  /** Null when the event did not say: what was known stays. */
  readonly queue: string | null;
  readonly at: number;
}

/** Notes that tasks of these names were seen, and where they went. An older sighting changes nothing. */
export async function noteTaskTypes(store: Store, sightings: readonly TaskTypeSighting[]): Promise<void> {
  if (sightings.length === 0) return;
  const newest = new Map<string, { name: string; last_queue: string | null; last_seen_at: number }>();
  for (const { name, queue, at } of [...sightings].sort((a, b) => a.at - b.at)) {
    newest.set(name, { name, last_queue: queue ?? newest.get(name)?.last_queue ?? null, last_seen_at: at });
  }
  const rows = jsonRows(store.provider, [...newest.values()], {
    name: "text",
    last_queue: "text",
    last_seen_at: "bigint",
  });
  await store.client.$executeRaw`
    INSERT INTO task_type (name, last_queue, last_seen_at)
    SELECT name, last_queue, last_seen_at FROM ${rows} WHERE true
    ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at,
      last_queue = coalesce(excluded.last_queue, task_type.last_queue)
    WHERE excluded.last_seen_at >= task_type.last_seen_at OR task_type.last_queue IS NULL`;
}

/** Name → the queue where tasks of that name were last seen to go; names without one are absent. */
export async function listTaskTypeQueues(
  store: Store,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const wanted = jsonRows(
    store.provider,
    names.map((name) => ({ wanted_name: name })),
    { wanted_name: "text" },
  );
  const rows = await store.client.$queryRaw<{ name: string; last_queue: string }[]>`
    SELECT name, last_queue FROM task_type
    WHERE last_queue IS NOT NULL AND name IN (SELECT wanted_name FROM ${wanted})`;
  return new Map(rows.map((row) => [row.name, row.last_queue]));
}

interface TypeRow {
  readonly name: string;
  readonly last_queue: string | null;
  readonly last_seen_at: number | bigint;
  readonly succeeded: number | bigint | null;
  readonly failed: number | bigint | null;
  readonly retrying: number | bigint | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/**
 * Task names in order (at most 2,000, those after `afterName` when given), with counts and runtime percentiles of the
 * newest 50,000 tasks; `since` (epoch ms) narrows those to what ended, or last changed, from then on.
 */
export async function listTaskTypes(
  store: Store,
  options: { readonly since?: number; readonly afterName?: string; readonly limit?: number } = {},
): Promise<readonly StoredTaskType[]> {
  const since = options.since ?? 0;
  const rows = await store.client.$queryRaw<TypeRow[]>`
    WITH recent AS (
      SELECT name, state, runtime_seconds FROM task
      WHERE sort_at >= ${since} AND (sort_at < ${UNFINISHED_SORT_AT} OR sort_at >= ${UNFINISHED_SORT_AT + since})
      ORDER BY sort_at DESC LIMIT ${NEWEST_TASKS}
    ), counted AS (
      SELECT name, sum(CASE WHEN state = 'SUCCESS' THEN 1 ELSE 0 END) AS succeeded,
        sum(CASE WHEN state = 'FAILURE' THEN 1 ELSE 0 END) AS failed,
        sum(CASE WHEN state = 'RETRY' THEN 1 ELSE 0 END) AS retrying
      FROM recent GROUP BY name
    ), ranked AS (
      SELECT name, runtime_seconds, count(*) OVER (PARTITION BY name) AS n,
        row_number() OVER (PARTITION BY name ORDER BY runtime_seconds) AS place
      FROM recent WHERE state = 'SUCCESS' AND runtime_seconds IS NOT NULL
    ), timed AS (
      SELECT name, ${percentile(50)} AS p50, ${percentile(95)} AS p95, ${percentile(99)} AS p99
      FROM ranked GROUP BY name
    )
    SELECT y.name, y.last_queue, y.last_seen_at, c.succeeded, c.failed, c.retrying, r.p50, r.p95, r.p99
    FROM task_type AS y LEFT JOIN counted AS c ON c.name = y.name LEFT JOIN timed AS r ON r.name = y.name
    WHERE y.name > ${options.afterName ?? ""}
    ORDER BY y.name LIMIT ${Math.min(options.limit ?? MAX_TYPES, MAX_TYPES)}`;
  return rows.map(toTaskType);
}

/** The runtime at nearest rank `percent` of a group of `ranked`. */
function percentile(percent: number) {
  return sql`max(CASE WHEN place = (n * ${integer(percent)} + 99) / 100 THEN runtime_seconds END)`;
}

function toTaskType(row: TypeRow): StoredTaskType {
  const succeeded = toNumber(row.succeeded ?? 0);
  const failed = toNumber(row.failed ?? 0);
  const ended = succeeded + failed;
  return {
    name: row.name,
    lastSeenAt: toNumber(row.last_seen_at),
    lastQueue: row.last_queue,
    counts: { SUCCESS: succeeded, FAILURE: failed, RETRY: toNumber(row.retrying ?? 0) },
    runtime: { p50: toNumberOrNull(row.p50), p95: toNumberOrNull(row.p95), p99: toNumberOrNull(row.p99) },
    failureRate: ended === 0 ? null : failed / ended,
  };
}
