import { jsonRows } from "./json-rows";
import { toNumber } from "./sql";
import type { Store } from "./store";

const MAX_TYPES = 2_000;

/** A task name that events told of. */
export interface StoredTaskType {
  readonly name: string;
  /** When it was last seen to be sent or received; epoch ms. */
  readonly lastSeenAt: number;
  readonly lastQueue: string | null;
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

/** Task names, in order; of more than 2,000 those that were seen last. */
export async function listTaskTypes(store: Store): Promise<readonly StoredTaskType[]> {
  const rows = await store.client.$queryRaw<
    { name: string; last_queue: string | null; last_seen_at: number | bigint }[]
  >`
    SELECT name, last_queue, last_seen_at FROM (
      SELECT * FROM task_type ORDER BY last_seen_at DESC LIMIT ${MAX_TYPES}) AS t ORDER BY name`;
  return rows.map((row) => ({
    name: row.name,
    lastSeenAt: toNumber(row.last_seen_at),
    lastQueue: row.last_queue,
  }));
}
