import { jsonRows } from "./json-rows";
import { sql, toNumber } from "./sql";
import type { Store } from "./store";

/** One re-dispatch of a task. Times are epoch ms. */
export interface RedispatchLink {
  readonly originalId: string;
  readonly newId: string;
  readonly batchId: string;
  /** When it was sent, or was about to be. */
  readonly claimedAt: number;
}

interface LinkRow {
  readonly original_id: string;
  readonly new_id: string;
  readonly batch_id: string;
  readonly claimed_at: number | bigint;
}

const COLUMNS = sql`d.original_id, d.new_id, d.batch_id, d.claimed_at`;

/**
 * Original id → its re-dispatches, newest first; ids that were never sent again are absent. At most a few thousand
 * ids at once.
 */
export async function listRedispatches(
  store: Store,
  originalIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RedispatchLink[]>> {
  const links = new Map<string, RedispatchLink[]>();
  if (originalIds.length === 0) return links;
  const rows = await store.client.$queryRaw<LinkRow[]>(sql`
    SELECT ${COLUMNS} FROM ${idRows(store, originalIds)}
      JOIN redispatch d ON d.original_id = r.id ORDER BY d.claimed_at DESC`);
  for (const row of rows) {
    const ofTask = links.get(row.original_id);
    if (ofTask) ofTask.push(toLink(row));
    else links.set(row.original_id, [toLink(row)]);
  }
  return links;
}

/** The re-dispatch that made the task `newId`, or null when it wasn't one. */
export async function findOriginal(store: Store, newId: string): Promise<RedispatchLink | null> {
  const rows = await store.client.$queryRaw<LinkRow[]>(
    sql`SELECT ${COLUMNS} FROM redispatch d WHERE d.new_id = ${newId} LIMIT 1`,
  );
  return rows[0] ? toLink(rows[0]) : null;
}

/**
 * Original id → its newest new id, "" where a batch that is running or paused is going to send it for the first time;
 * ids that nobody sends or has sent again are absent. At most a few thousand ids at once.
 */
export async function listDispatches(
  store: Store,
  originalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (originalIds.length === 0) return new Map();
  const rows = await store.client.$queryRaw<{ id: string; after: string | null }[]>(sql`
    SELECT * FROM (
      SELECT r.id,
        (SELECT d.new_id FROM redispatch d WHERE d.original_id = r.id
          ORDER BY d.claimed_at DESC LIMIT 1) AS after,
        EXISTS (SELECT 1 FROM batch_item i JOIN batch b ON b.id = i.batch_id
          WHERE i.original_id = r.id AND i.status = 'waiting' AND b.state IN ('running', 'paused')
            AND i.position >= b.position) AS awaits
      FROM ${idRows(store, originalIds)}
    ) AS t WHERE after IS NOT NULL OR awaits`);
  return new Map(rows.map(({ id, after }) => [id, after ?? ""]));
}

function idRows(store: Store, ids: readonly string[]) {
  return jsonRows(
    store.provider,
    ids.map((id) => ({ id })),
    { id: "text" },
  );
}

function toLink(row: LinkRow): RedispatchLink {
  return {
    originalId: row.original_id,
    newId: row.new_id,
    batchId: row.batch_id,
    claimedAt: toNumber(row.claimed_at),
  };
}
