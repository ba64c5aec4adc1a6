import { jsonRows } from "./json-rows";
import { integer, toNumber } from "./sql";
import type { Store } from "./store";

/** Stands for "was called": says since when calls of a type were looked at, also where they had no keywords. */
export const ANY_CALL = "";
/** Keywords kept of one type: a call with `**anything` must not fill the store. */
export const MAX_KWARGS = 50;
const CHUNK_ROWS = 500;

/** A type was called with that keyword. */
export interface KwargSighting {
  readonly task: string;
  readonly kwarg: string;
  /** Epoch ms. */
  readonly at: number;
}

/** With which keywords a type was called. */
export interface KnownKwargs {
  /** Epoch ms from when on its calls were looked at. */
  readonly since: number;
  /** Keyword → epoch ms of the first call that had it. */
  readonly firstSeen: ReadonlyMap<string, number>;
}

/** Keeps what was not known yet, up to `MAX_KWARGS` a type. */
export async function saveKwargNames(store: Store, sightings: readonly KwargSighting[]): Promise<void> {
  for (let start = 0; start < sightings.length; start += CHUNK_ROWS) {
    const rows = sightings.slice(start, start + CHUNK_ROWS).map((sighting) => ({ ...sighting }));
    const table = jsonRows(store.provider, rows, { task: "text", kwarg: "text", at: "bigint" });
    await store.client.$executeRaw`
      INSERT INTO kwarg_name (task, kwarg, first_seen_at)
      SELECT task, kwarg, min(at) FROM ${table}
      WHERE (SELECT count(*) FROM kwarg_name AS k WHERE k.task = r.task) <= ${integer(MAX_KWARGS)}
      GROUP BY task, kwarg ON CONFLICT (task, kwarg) DO NOTHING`;
  }
}

/** What is known of these types; those whose calls were never looked at are absent. */
export async function listKwargNames(
  store: Store,
  tasks: readonly string[],
): Promise<ReadonlyMap<string, KnownKwargs>> {
  if (tasks.length === 0) return new Map();
  const wanted = jsonRows(
    store.provider,
    tasks.map((task) => ({ wanted_task: task })),
    { wanted_task: "text" },
  );
  const rows = await store.client.$queryRaw<
    { task: string; kwarg: string; first_seen_at: number | bigint }[]
  >`
    SELECT task, kwarg, first_seen_at FROM kwarg_name WHERE task IN (SELECT wanted_task FROM ${wanted})
    ORDER BY task, kwarg`;
  const known = new Map<string, { since: number; firstSeen: Map<string, number> }>();
  for (const { task, kwarg, first_seen_at } of rows) {
    const at = toNumber(first_seen_at);
    // The row of any call comes first, and is never later than another.
    const entry = known.get(task) ?? { since: at, firstSeen: new Map<string, number>() };
    known.set(task, entry);
    if (kwarg !== ANY_CALL) entry.firstSeen.set(kwarg, at);
  }
  return known;
}

/** Forgets the keywords of types that were last called before `at`, epoch ms. Returns how many rows. */
export async function deleteKwargNamesBefore(store: Store, at: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM kwarg_name
    WHERE first_seen_at < ${at} AND task NOT IN (SELECT name FROM task_type WHERE last_seen_at >= ${at})`;
}
