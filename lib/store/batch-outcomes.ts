import type { BatchRecord } from "./batch-record";
import { toBatchRecord } from "./batch-row";
import { jsonRows } from "./json-rows";
import { nowMs, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** A sent item whose end isn't known yet. `state` is what the events told of its new task, null for nothing. */
export interface PendingItem {
  readonly position: number;
  readonly newId: string;
  readonly state: string | null;
}

/** How a sent item ended. */
export interface EndedItem {
  readonly position: number;
  readonly outcome: "succeeded" | "failed";
}

/** Batches with sent items of unknown end that still send, or ended their sending at most `maxAgeMs` ago. */
export async function listFollowedBatches(store: Store, maxAgeMs: number): Promise<readonly BatchRecord[]> {
  const ids = await store.client.$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM batch WHERE state <> 'draft' AND dispatched > outcomes_succeeded + outcomes_failed
      AND (finished_at IS NULL OR finished_at > ${nowMs(store.provider)} - ${maxAgeMs})
    ORDER BY created_at DESC LIMIT 1000`);
  const rows = await store.client.batch.findMany({
    where: { id: { in: ids.map((row) => row.id) } },
    take: 1000,
  });
  return rows.map(toBatchRecord);
}

/** The next `limit` items of unknown end after `afterPosition` (-1: from the first). */
export async function listPendingItems(
  store: Store,
  batchId: string,
  afterPosition: number,
  limit: number,
): Promise<readonly PendingItem[]> {
  const rows = await store.client.$queryRaw<
    { position: number | bigint; new_id: string; state: string | null }[]
  >(sql`
    SELECT i.position, i.new_id, t.state FROM batch_item i LEFT JOIN task t ON t.id = i.new_id
    WHERE i.batch_id = ${batchId} AND i.outcome = 'pending' AND i.position > ${afterPosition}
    ORDER BY i.position LIMIT ${limit}`);
  return rows.map((row) => ({ position: toNumber(row.position), newId: row.new_id, state: row.state }));
}

/** Writes how items ended; one whose end is known already is left alone. Returns how many were new. */
export async function saveOutcomes(
  store: Store,
  batchId: string,
  items: readonly EndedItem[],
): Promise<number> {
  if (items.length === 0) return 0;
  return store.client.$transaction(async (client) => {
    // The batch's row first, as everywhere: one order of locks.
    await client.$executeRaw(sql`UPDATE batch SET moved_at = ${nowMs(store.provider)} WHERE id = ${batchId}`);
    const counts = { succeeded: 0, failed: 0 };
    for (const outcome of ["succeeded", "failed"] as const) {
      const positions = items.filter((item) => item.outcome === outcome);
      if (positions.length === 0) continue;
      const rows = jsonRows(
        store.provider,
        positions.map(({ position }) => ({ position })),
        { position: "integer" },
      );
      counts[outcome] = await client.$executeRaw(sql`
        UPDATE batch_item SET outcome = ${outcome} WHERE batch_id = ${batchId} AND outcome = 'pending'
          AND position IN (SELECT r.position FROM ${rows})`);
    }
    await client.$executeRaw(sql`
      UPDATE batch SET outcomes_succeeded = outcomes_succeeded + ${counts.succeeded},
        outcomes_failed = outcomes_failed + ${counts.failed}
      WHERE id = ${batchId}`);
    return counts.succeeded + counts.failed;
  });
}
