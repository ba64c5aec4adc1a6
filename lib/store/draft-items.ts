import { sql, toNumber } from "./sql";
import type { Store } from "./store";

/** Positions looked at in one statement: libsql blocks the process while it runs one. */
const WINDOW_ITEMS = 5_000;

/** An item of a draft, as far as a look at its task needs it. */
export interface DraftItem {
  readonly originalId: string;
  readonly fingerprint: string | null;
}

/** One task of a draft, and why it won't be sent as it is. */
export interface DraftTask extends DraftItem {
  readonly name: string | null;
  readonly queue: string | null;
  readonly reason: string | null;
}

/** Walks the ready items of a draft whose tasks have that name, at most 5,000 at a time. */
export async function* walkDraftItems(
  store: Store,
  { snapshot, name }: { readonly snapshot: string; readonly name: string },
): AsyncGenerator<readonly DraftItem[]> {
  const [batch] = await store.client.$queryRaw<{ total: number | bigint }[]>(
    sql`SELECT total FROM batch WHERE id = ${snapshot} AND state = 'draft'`,
  );
  const total = toNumber(batch?.total ?? 0);
  for (let from = 0; from < total; from += WINDOW_ITEMS) {
    yield await store.client.$queryRaw<DraftItem[]>(sql`
      SELECT original_id AS "originalId", fingerprint FROM batch_item
      WHERE batch_id = ${snapshot} AND position >= ${from} AND position < ${from + WINDOW_ITEMS}
        AND name = ${name} AND status = 'waiting'
      ORDER BY position`);
  }
}

/** Which blocked items of a draft, and how many of them after the item at `afterPosition` (-1: from the first). */
interface BlockedItemsQuery {
  readonly reason: string;
  readonly afterPosition: number;
  readonly limit: number;
}

/** The items of a draft that one reason blocks, in the draft's order; none when the draft is gone. */
export async function listBlockedItems(
  store: Store,
  snapshot: string,
  { reason, afterPosition, limit }: BlockedItemsQuery,
): Promise<readonly (DraftTask & { readonly position: number })[]> {
  const rows = await store.client.$queryRaw<(DraftTask & { position: number | bigint })[]>(sql`
    SELECT i.position, i.original_id AS "originalId", i.fingerprint, i.name, i.queue, i.reason
    FROM batch_item i JOIN batch b ON b.id = i.batch_id
    WHERE i.batch_id = ${snapshot} AND i.position > ${afterPosition} AND i.reason = ${reason} AND b.state = 'draft'
    ORDER BY i.position LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, position: toNumber(row.position) }));
}

/** The item of that task in a draft; null when the draft is gone or hasn't it. */
export async function getDraftTask(
  store: Store,
  snapshot: string,
  taskId: string,
): Promise<DraftTask | null> {
  const rows = await store.client.$queryRaw<DraftTask[]>(sql`
    SELECT i.original_id AS "originalId", i.fingerprint, i.name, i.queue, i.reason
    FROM batch_item i JOIN batch b ON b.id = i.batch_id
    WHERE i.original_id = ${taskId} AND i.batch_id = ${snapshot} AND b.state = 'draft' LIMIT 1`);
  return rows[0] ?? null;
}
