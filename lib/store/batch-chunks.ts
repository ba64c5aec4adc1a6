import { jsonRows } from "./json-rows";
import { nowMs, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** A transaction's client, or the store's own. */
type Client = Pick<Store["client"], "$executeRaw" | "$queryRaw">;

/** Who works on which batch, and for how long a write of theirs holds it. */
export interface BatchHold {
  readonly batchId: string;
  readonly lease: string;
  readonly leaseMs: number;
}

/** What is about to be done with the items from the batch's position to before `end`. */
export interface ChunkStart {
  readonly end: number;
  readonly send: readonly ItemToSend[];
  /** Items that won't be sent, and why. */
  readonly drop: readonly DroppedItem[];
}

interface ItemToSend {
  readonly position: number;
  readonly originalId: string;
  readonly after: string;
  readonly newId: string;
}

export interface DroppedItem {
  readonly position: number;
  readonly status: "skipped" | "failed";
  readonly reason: string;
}

/** An item of a chunk that the broker did not take, or may not have taken. */
export interface UnsentItem {
  readonly position: number;
  readonly reason: string;
  /** Then its task stays claimed: no other batch sends it by accident. */
  readonly mayHaveBeenSent: boolean;
}

/**
 * Begins a chunk, before anything is sent: claims each task, settles those that won't be sent, and notes the chunk's
 * end, all in one transaction. From then on the waiting items of the chunk are exactly those that are sent. Returns
 * their positions; a task that another batch claimed first is not among them. Null, and nothing is written, when the
 * batch isn't running any more or `lease` lost it.
 */
export async function beginChunk(
  store: Store,
  hold: BatchHold,
  chunk: ChunkStart,
): Promise<ReadonlySet<number> | null> {
  return store.client.$transaction(async (client) => {
    const held = await client.$executeRaw(sql`
      UPDATE batch SET chunk_end = ${chunk.end}, lease_until = ${nowMs(store.provider)} + ${hold.leaseMs}
      WHERE id = ${hold.batchId} AND lease_owner = ${hold.lease} AND state = 'running'`);
    if (held === 0) return null;
    await demandDurability(client, store);
    const claimed = await claimTasks(client, store, hold.batchId, chunk.send);
    const lost = chunk.send.filter((item) => !claimed.has(item.position));
    await dropItems(client, store, hold.batchId, [
      ...chunk.drop,
      ...lost.map(({ position }) => ({
        position,
        status: "skipped" as const,
        reason: "already-redispatched",
      })),
    ]);
    return claimed;
  });
}

/**
 * Counts the chunk as sent: its waiting items become sent, but for those `unsent`, which have failed, and the batch's
 * position its end; the batch is done when that is the last. False, and nothing is written, when `lease` lost the batch or
 * there is no chunk.
 */
export async function settleChunk(
  store: Store,
  hold: BatchHold,
  unsent: readonly UnsentItem[] = [],
): Promise<boolean> {
  const now = nowMs(store.provider);
  return store.client.$transaction(async (client) => {
    const chunk = await holdChunk(client, store, hold);
    if (chunk === null) return false;
    await failItems(client, store, hold.batchId, unsent);
    const inChunk = sql`batch_id = ${hold.batchId}
      AND position >= ${chunk.position} AND position < ${chunk.end}`;
    await client.$executeRaw(sql`UPDATE redispatch SET sent_at = ${now}
      WHERE new_id IN (SELECT new_id FROM batch_item WHERE ${inChunk} AND status = 'waiting')`);
    const sent = await client.$executeRaw(sql`UPDATE batch_item SET status = 'sent', outcome = 'pending'
      WHERE ${inChunk} AND status = 'waiting'`);
    await client.$executeRaw(sql`UPDATE batch SET
        position = ${chunk.end}, chunk_end = NULL, dispatched = dispatched + ${sent}, error = NULL,
        moved_at = ${now},
        finished_at = CASE WHEN state IN ('running', 'paused') AND ${chunk.end} >= total THEN ${now}
          ELSE finished_at END,
        state = CASE WHEN state IN ('running', 'paused') AND ${chunk.end} >= total THEN 'done' ELSE state END
      WHERE id = ${hold.batchId}`);
    return true;
  });
}

/** Gives up a chunk of which nothing was sent: its tasks are free for others, the batch stays at its position. */
export async function abandonChunk(store: Store, hold: BatchHold): Promise<void> {
  await store.client.$transaction(async (client) => {
    const chunk = await holdChunk(client, store, hold);
    if (chunk === null) return;
    await client.$executeRaw(sql`DELETE FROM redispatch WHERE sent_at IS NULL AND new_id IN (
      SELECT new_id FROM batch_item WHERE batch_id = ${hold.batchId} AND status = 'waiting'
        AND position >= ${chunk.position} AND position < ${chunk.end})`);
    await client.$executeRaw(sql`UPDATE batch SET chunk_end = NULL WHERE id = ${hold.batchId}`);
  });
}

async function holdChunk(
  client: Client,
  store: Store,
  hold: BatchHold,
): Promise<{ position: number; end: number } | null> {
  const rows = await client.$queryRaw<{ position: number | bigint; chunk_end: number | bigint }[]>(sql`
    UPDATE batch SET lease_until = ${nowMs(store.provider)} + ${hold.leaseMs}
    WHERE id = ${hold.batchId} AND lease_owner = ${hold.lease} AND chunk_end IS NOT NULL
    RETURNING position, chunk_end`);
  const row = rows[0];
  return row ? { position: toNumber(row.position), end: toNumber(row.chunk_end) } : null;
}

/**
 * What is noted before a sending must be there after any crash of the database, or it would be sent once more. A PostgreSQL
 * with `synchronous_commit = off` forgets what it acknowledged last when it is killed; SQLite only when the power fails.
 */
async function demandDurability(client: Client, { provider }: Store): Promise<void> {
  if (provider === "postgresql") await client.$executeRaw(sql`SET LOCAL synchronous_commit TO on`);
}

/** Claims what nobody has claimed; returns the positions that are ours, those of an earlier attempt included. */
async function claimTasks(
  client: Client,
  store: Store,
  batchId: string,
  items: readonly ItemToSend[],
): Promise<ReadonlySet<number>> {
  if (items.length === 0) return new Set();
  const rows = jsonRows(
    store.provider,
    items.map((item) => ({
      position: item.position,
      original_id: item.originalId,
      after: item.after,
      new_id: item.newId,
    })),
    { position: "integer", original_id: "text", after: "text", new_id: "text" },
  );
  // One order for all: two batches with tasks in common would otherwise deadlock on PostgreSQL.
  await client.$executeRaw(sql`
    INSERT INTO redispatch (original_id, after, new_id, batch_id, claimed_at)
    SELECT r.original_id, r.after, r.new_id, ${batchId}, ${nowMs(store.provider)} FROM ${rows}
    WHERE TRUE ORDER BY r.original_id
    ON CONFLICT DO NOTHING`);
  const ours = await client.$queryRaw<{ position: number | bigint }[]>(sql`
    SELECT r.position FROM ${rows} JOIN redispatch d ON d.new_id = r.new_id`);
  return new Set(ours.map((row) => toNumber(row.position)));
}

async function failItems(
  client: Client,
  store: Store,
  batchId: string,
  items: readonly UnsentItem[],
): Promise<void> {
  const failed = items.map(({ position, reason }) => ({ position, reason, status: "failed" as const }));
  await dropItems(client, store, batchId, failed);
  for (const mayHaveBeenSent of [true, false]) {
    const positions = items.filter((item) => item.mayHaveBeenSent === mayHaveBeenSent);
    if (positions.length === 0) continue;
    const rows = jsonRows(
      store.provider,
      positions.map(({ position }) => ({ position })),
      { position: "integer" },
    );
    const newIds = sql`SELECT i.new_id FROM batch_item i JOIN ${rows} ON r.position = i.position
      WHERE i.batch_id = ${batchId}`;
    await client.$executeRaw(
      mayHaveBeenSent
        ? sql`UPDATE redispatch SET sent_at = ${nowMs(store.provider)} WHERE new_id IN (${newIds})`
        : sql`DELETE FROM redispatch WHERE new_id IN (${newIds})`,
    );
  }
}

async function dropItems(
  client: Client,
  store: Store,
  batchId: string,
  items: readonly DroppedItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = jsonRows(
    store.provider,
    items.map(({ position, status, reason }) => ({ position, status, reason })),
    { position: "integer", status: "text", reason: "text" },
  );
  await client.$executeRaw(sql`
    UPDATE batch_item SET status = r.status, reason = r.reason FROM ${rows}
    WHERE batch_item.batch_id = ${batchId} AND batch_item.position = r.position`);
  const failed = items.filter((item) => item.status === "failed").length;
  await client.$executeRaw(sql`
    UPDATE batch SET failed = failed + ${failed}, skipped = skipped + ${items.length - failed}
    WHERE id = ${batchId}`);
}
