import { jsonRows } from "./json-rows";
import { sql, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

/** One re-dispatch of a task. Times are epoch ms. */
export interface RedispatchLink {
  readonly originalId: string;
  readonly newId: string;
  readonly batchId: string;
  readonly claimedAt: number;
  /** Null for the moment in which it is being sent. */
  readonly sentAt: number | null;
}

interface LinkRow {
  readonly original_id: string;
  readonly new_id: string;
  readonly batch_id: string;
  readonly claimed_at: number | bigint;
  readonly sent_at: number | bigint | null;
}

const COLUMNS = sql`d.original_id, d.new_id, d.batch_id, d.claimed_at, d.sent_at`;

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

/** Those of `originalIds` that a batch which is running or paused is still going to send. */
export async function listAwaitingDispatch(
  store: Store,
  originalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (originalIds.length === 0) return new Set();
  const rows = await store.client.$queryRaw<{ original_id: string }[]>(sql`
    SELECT DISTINCT i.original_id FROM ${idRows(store, originalIds)}
      JOIN batch_item i ON i.original_id = r.id AND i.status = 'waiting'
      JOIN batch b ON b.id = i.batch_id AND b.state IN ('running', 'paused')`);
  return new Set(rows.map((row) => row.original_id));
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
    sentAt: toNumberOrNull(row.sent_at),
  };
}
