import { nowMs, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** A transaction's client, or the store's own. */
export type BatchClient = Pick<Store["client"], "$executeRaw" | "$queryRaw">;

/** Who works on which batch, and for how long a write of theirs holds it. */
export interface BatchHold {
  readonly batchId: string;
  readonly lease: string;
  readonly leaseMs: number;
}

/** The items from `position` to before `end`: what is on its way. */
export interface OpenChunk {
  readonly position: number;
  readonly end: number;
}

/** Locks the batch and its open chunk for the holder; null when there is none, or `hold` has lost the batch. */
export async function holdChunk(
  client: BatchClient,
  provider: Store["provider"],
  hold: BatchHold,
): Promise<OpenChunk | null> {
  const rows = await client.$queryRaw<{ position: number | bigint; chunk_end: number | bigint }[]>(sql`
    UPDATE batch SET lease_until = ${nowMs(provider)} + ${hold.leaseMs}
    WHERE id = ${hold.batchId} AND lease_owner = ${hold.lease} AND chunk_end IS NOT NULL
    RETURNING position, chunk_end`);
  const row = rows[0];
  return row ? { position: toNumber(row.position), end: toNumber(row.chunk_end) } : null;
}
