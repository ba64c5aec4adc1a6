import { type BatchClient, type BatchHold, holdChunk } from "./batch-hold";
import { type UnsentItem, writeUnsentItems } from "./batch-unsent";
import { jsonRows } from "./json-rows";
import { nowMs, type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** What is about to be done with the items from the batch's position to before `end`. */
export interface ChunkStart {
  readonly end: number;
  /** How many of them are to be sent: all that wait but for `drop`. */
  readonly count: number;
  /** Items that won't be sent, and why. */
  readonly drop: readonly UnsentItem[];
}

/** What became of some items of the open chunk; the others are still on their way. */
export interface SettledItems {
  /** Positions. */
  readonly sent: readonly number[];
  readonly unsent: readonly UnsentItem[];
}

/**
 * Begins a chunk, before anything is sent: settles what won't be sent, claims each task that will be, and notes the
 * chunk's end, all in one transaction. From then on the waiting items of the chunk are exactly those that are sent.
 * Returns the positions of those that are not, because another batch claimed their task first. Null, and nothing is
 * written, when the batch isn't running any more or `hold` has lost it.
 */
export async function beginChunk(
  store: Store,
  hold: BatchHold,
  chunk: ChunkStart,
): Promise<ReadonlySet<number> | null> {
  return store.client.$transaction(async (client) => {
    await demandDurability(client, store);
    const held = await client.$queryRaw<{ position: number | bigint }[]>(sql`
      UPDATE batch SET chunk_end = ${chunk.end}, waits_for = NULL,
        lease_until = ${nowMs(store.provider)} + ${hold.leaseMs}
      WHERE id = ${hold.batchId} AND lease_owner = ${hold.lease} AND state = 'running'
      RETURNING position`);
    const position = held[0] && toNumber(held[0].position);
    if (position === undefined) return null;
    await writeUnsentItems(client, store, hold.batchId, chunk.drop);
    if (chunk.count === 0) return new Set<number>();
    const range = { position, end: chunk.end };
    if ((await claimTasks(client, store, hold.batchId, range)) === chunk.count) return new Set<number>();
    const lost = await listUnclaimed(client, hold.batchId, range);
    const drop = lost.map((lostPosition) => ({
      position: lostPosition,
      status: "skipped" as const,
      reason: "already-redispatched",
    }));
    await writeUnsentItems(client, store, hold.batchId, drop);
    return new Set(lost);
  });
}

/**
 * Counts the chunk as sent, but for the items `unsent`: moves the batch's position to its end; the batch is done when
 * that is the last. False, and nothing is written, when `hold` has lost the batch or there is no chunk.
 */
export async function settleChunk(
  store: Store,
  hold: BatchHold,
  unsent: readonly UnsentItem[] = [],
): Promise<boolean> {
  return store.client.$transaction(async (client) => {
    await demandDurability(client, store);
    if (unsent.length === 0) return closeChunk(client, store, hold);
    if ((await holdChunk(client, store.provider, hold)) === null) return false;
    await writeUnsentItems(client, store, hold.batchId, unsent);
    return closeChunk(client, store, hold);
  });
}

/** Settles some of the chunk's items; it stays open for the others. False, and nothing is written, as above. */
export async function settleItems(store: Store, hold: BatchHold, settled: SettledItems): Promise<boolean> {
  return store.client.$transaction(async (client) => {
    await demandDurability(client, store);
    if ((await holdChunk(client, store.provider, hold)) === null) return false;
    await writeUnsentItems(client, store, hold.batchId, settled.unsent);
    if (settled.sent.length === 0) return true;
    const rows = jsonRows(
      store.provider,
      settled.sent.map((position) => ({ position })),
      { position: "integer" },
    );
    const sent = await client.$executeRaw(sql`
      UPDATE batch_item SET status = 'sent', reason = NULL WHERE batch_id = ${hold.batchId} AND status = 'waiting'
        AND position IN (SELECT r.position FROM ${rows})`);
    await client.$executeRaw(sql`
      UPDATE batch SET dispatched = dispatched + ${sent}, moved_at = ${nowMs(store.provider)}
      WHERE id = ${hold.batchId}`);
    return true;
  });
}

/** Gives up what waits of a chunk, none of which was sent: its tasks are free for others, the batch stays at its position. */
export async function abandonChunk(store: Store, hold: BatchHold): Promise<void> {
  await store.client.$transaction(async (client) => {
    const chunk = await holdChunk(client, store.provider, hold);
    if (chunk === null) return;
    await client.$executeRaw(sql`DELETE FROM redispatch WHERE new_id IN (
      SELECT new_id FROM batch_item WHERE ${isWaitingIn(hold.batchId, chunk)})`);
    await client.$executeRaw(sql`UPDATE batch SET chunk_end = NULL WHERE id = ${hold.batchId}`);
  });
}

/** Nothing is written for each item: that it waits before the batch's position says that it was sent. */
async function closeChunk(client: BatchClient, { provider }: Store, hold: BatchHold): Promise<boolean> {
  const now = nowMs(provider);
  const isLast = sql`state IN ('running', 'paused') AND chunk_end >= total`;
  const closed = await client.$executeRaw(sql`
    UPDATE batch SET
      dispatched = dispatched + (
        SELECT count(*) FROM batch_item i
        WHERE i.batch_id = batch.id AND i.status = 'waiting'
          AND i.position >= batch.position AND i.position < batch.chunk_end),
      position = chunk_end, chunk_end = NULL, error = NULL, moved_at = ${now},
      lease_until = ${now} + ${hold.leaseMs},
      finished_at = CASE WHEN ${isLast} THEN ${now} ELSE finished_at END,
      state = CASE WHEN ${isLast} THEN 'done' ELSE state END
    WHERE id = ${hold.batchId} AND lease_owner = ${hold.lease} AND chunk_end IS NOT NULL`);
  return closed > 0;
}

/** What is noted of a sending must be there after any crash, whatever the server's own choice is. */
async function demandDurability(client: BatchClient, { provider }: Store): Promise<void> {
  // SQLite has it for all transactions: open-sqlite-client.ts.
  if (provider === "postgresql") await client.$executeRaw(sql`SET LOCAL synchronous_commit TO on`);
}

/** Claims what nobody has claimed, and returns how many those are. */
async function claimTasks(
  client: BatchClient,
  { provider }: Store,
  batchId: string,
  range: { readonly position: number; readonly end: number },
): Promise<number> {
  // One order for all: two batches with tasks in common would otherwise deadlock on PostgreSQL.
  return client.$executeRaw(sql`
    INSERT INTO redispatch (original_id, after, new_id, batch_id, claimed_at)
    SELECT original_id, after, new_id, batch_id, ${nowMs(provider)} FROM batch_item
    WHERE ${isWaitingIn(batchId, range)} ORDER BY original_id
    ON CONFLICT DO NOTHING`);
}

/** The items whose task somebody else has; those that an earlier attempt of ours claimed are ours. */
async function listUnclaimed(
  client: BatchClient,
  batchId: string,
  range: { readonly position: number; readonly end: number },
): Promise<number[]> {
  const rows = await client.$queryRaw<{ position: number | bigint }[]>(sql`
    SELECT position FROM batch_item WHERE ${isWaitingIn(batchId, range)}
      AND NOT EXISTS (SELECT 1 FROM redispatch d WHERE d.new_id = batch_item.new_id)`);
  return rows.map((row) => toNumber(row.position));
}

function isWaitingIn(batchId: string, { position, end }: { position: number; end: number }): Sql {
  return sql`batch_id = ${batchId} AND status = 'waiting' AND position >= ${position} AND position < ${end}`;
}
