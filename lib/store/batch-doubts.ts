import { jsonRows } from "./json-rows";
import { nowMs, type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** An item of which it isn't known whether it was sent. */
export interface DoubtfulItem {
  readonly position: number;
  readonly newId: string;
}

/** The first `limit` doubtful items after `afterPosition` (-1: from the first). */
export async function listDoubtfulItems(
  store: Store,
  batchId: string,
  afterPosition: number,
  limit: number,
): Promise<readonly DoubtfulItem[]> {
  const rows = await store.client.$queryRaw<{ position: number | bigint; new_id: string }[]>(sql`
    SELECT position, new_id FROM batch_item
    WHERE batch_id = ${batchId} AND status = 'doubtful' AND position > ${afterPosition}
    ORDER BY position LIMIT ${limit}`);
  return rows.map((row) => ({ position: toNumber(row.position), newId: row.new_id }));
}

/** The tasks that doubtful items were to send again, in their order, at most `limit`. */
export async function listDoubtfulOriginals(
  store: Store,
  batchId: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await store.client.$queryRaw<{ original_id: string }[]>(sql`
    SELECT original_id FROM batch_item WHERE batch_id = ${batchId} AND status = 'doubtful'
    ORDER BY position LIMIT ${limit}`);
  return rows.map((row) => row.original_id);
}

/**
 * Counts doubtful items as sent (null: all of the batch), so that they are followed like the others. Returns how many
 * those are.
 */
export async function confirmDoubts(
  store: Store,
  batchId: string,
  positions: readonly number[] | null,
): Promise<number> {
  if (positions?.length === 0) return 0;
  const isMeant = positions === null ? sql`1 = 1` : sql`position IN (${selectPositions(store, positions)})`;
  return store.client.$transaction(async (client) => {
    // The batch's row first, as everywhere: one order of locks.
    await client.$executeRaw(sql`UPDATE batch SET moved_at = ${nowMs(store.provider)} WHERE id = ${batchId}`);
    const count = await client.$executeRaw(sql`
      UPDATE batch_item SET status = 'sent', reason = NULL
      WHERE batch_id = ${batchId} AND status = 'doubtful' AND ${isMeant}`);
    await client.$executeRaw(sql`
      UPDATE batch SET dispatched = dispatched + ${count}, failed = failed - ${count}, doubtful = doubtful - ${count}
      WHERE id = ${batchId}`);
    return count;
  });
}

/** Makes items that were counted as sent doubtful, for `reason`; those whose end is known stay. Returns how many changed. */
export async function doubtItems(
  store: Store,
  batchId: string,
  positions: readonly number[],
  reason: string,
): Promise<number> {
  if (positions.length === 0) return 0;
  return store.client.$transaction(async (client) => {
    await client.$executeRaw(sql`UPDATE batch SET moved_at = ${nowMs(store.provider)} WHERE id = ${batchId}`);
    const count = await client.$executeRaw(sql`
      UPDATE batch_item SET status = 'doubtful', reason = ${reason}
      WHERE batch_id = ${batchId} AND status IN ('sent', 'waiting') AND outcome IS NULL
        AND position IN (${selectPositions(store, positions)})`);
    await client.$executeRaw(sql`
      UPDATE batch SET dispatched = dispatched - ${count}, failed = failed + ${count}, doubtful = doubtful + ${count}
      WHERE id = ${batchId}`);
    return count;
  });
}

/** Ends the doubt about tasks that the items of this batch from `from` to before `end` have sent again. */
export async function endDoubtsSentAgain(
  store: Store,
  batchId: string,
  { from, end }: { readonly from: number; readonly end: number },
): Promise<void> {
  await store.client.$transaction(async (client) => {
    const ended = await client.$queryRaw<{ batch_id: string }[]>(sql`
      UPDATE batch_item SET status = 'failed', reason = 'sent-again' WHERE status = 'doubtful' AND new_id IN (
        SELECT i.after FROM batch_item i JOIN redispatch d ON d.new_id = i.new_id
        WHERE i.batch_id = ${batchId} AND i.position >= ${from} AND i.position < ${end} AND i.after <> '')
      RETURNING batch_id`);
    for (const id of [...new Set(ended.map((row) => row.batch_id))].sort()) {
      const count = ended.filter((row) => row.batch_id === id).length;
      await client.$executeRaw(sql`UPDATE batch SET doubtful = doubtful - ${count} WHERE id = ${id}`);
    }
  });
}

function selectPositions({ provider }: Store, positions: readonly number[]): Sql {
  const rows = jsonRows(
    provider,
    positions.map((position) => ({ position })),
    { position: "integer" },
  );
  return sql`SELECT r.position FROM ${rows}`;
}
