import { nowMs, sql } from "./sql";
import type { Store } from "./store";

/**
 * Takes the oldest batch that has something to do and that nobody holds: a running one, or one that was stopped while
 * a chunk was on its way. Returns its id; null when there is
 * none, or somebody else was quicker. `lease` must be new for each call: it is what keeps a process that
 * stalled beyond `leaseMs` from going on beside the one that took over.
 */
export async function claimBatch(store: Store, lease: string, leaseMs: number): Promise<string | null> {
  const now = nowMs(store.provider);
  const isFree = sql`(state = 'running' OR chunk_end IS NOT NULL)
    AND (lease_until IS NULL OR lease_until < ${now})`;
  // Read first: most of the time there is nothing to do, and a write would wait for SQLite's one writer.
  const candidates = await store.client.$queryRaw<{ id: string }[]>(
    sql`SELECT id FROM batch WHERE ${isFree} ORDER BY created_at LIMIT 1`,
  );
  const id = candidates[0]?.id;
  if (id === undefined) return null;
  const claimed = await store.client.$executeRaw(sql`
    UPDATE batch SET lease_owner = ${lease}, lease_until = ${now} + ${leaseMs},
      started_at = coalesce(started_at, ${now})
    WHERE id = ${id} AND ${isFree}`);
  return claimed > 0 ? id : null;
}

/** Holds the batch for another `leaseMs`; false when somebody else has it by now. */
export async function renewBatchLease(
  store: Store,
  id: string,
  lease: string,
  leaseMs: number,
): Promise<boolean> {
  const count = await store.client.$executeRaw(sql`
    UPDATE batch SET lease_until = ${nowMs(store.provider)} + ${leaseMs}
    WHERE id = ${id} AND lease_owner = ${lease}`);
  return count > 0;
}

/** Lets the batch go, if `lease` still holds it. */
export async function releaseBatch(store: Store, id: string, lease: string): Promise<void> {
  await store.client.batch.updateMany({
    where: { id, leaseOwner: lease },
    data: { leaseOwner: null, leaseUntil: null },
  });
}
