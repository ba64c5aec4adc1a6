import type { BatchClient } from "./batch-hold";
import { jsonRows } from "./json-rows";
import { type Sql, sql } from "./sql";
import type { Store } from "./store";

/** An item that isn't sent, or of which that can't be known, and why. */
export interface UnsentItem {
  readonly position: number;
  /** The task of a doubtful one stays claimed: no other batch sends it by accident. */
  readonly status: "skipped" | "failed" | "doubtful";
  readonly reason: string;
}

/**
 * Writes waiting items as unsent and counts them in their batch; an item that was settled before is left alone. The
 * tasks of those that surely weren't sent are free again.
 */
export async function writeUnsentItems(
  client: BatchClient,
  store: Store,
  batchId: string,
  items: readonly UnsentItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = toRows(store, batchId, items);
  const written = await client.$queryRaw<{ status: UnsentItem["status"]; new_id: string }[]>(sql`
    UPDATE batch_item SET status = r.status, reason = r.reason FROM ${rows}
    WHERE batch_item.batch_id = r.batch_id AND batch_item.position = r.position
      AND batch_item.status = 'waiting'
    RETURNING batch_item.status, batch_item.new_id`);
  await freeTasks(
    client,
    store,
    written.filter((row) => row.status !== "doubtful").map((row) => row.new_id),
  );
  const count = (status: UnsentItem["status"]) => written.filter((row) => row.status === status).length;
  await client.$executeRaw(sql`
    UPDATE batch SET skipped = skipped + ${count("skipped")}, doubtful = doubtful + ${count("doubtful")},
      failed = failed + ${count("failed") + count("doubtful")}
    WHERE id = ${batchId}`);
}

async function freeTasks(client: BatchClient, { provider }: Store, newIds: readonly string[]): Promise<void> {
  if (newIds.length === 0) return;
  const ids = jsonRows(
    provider,
    newIds.map((id) => ({ id })),
    { id: "text" },
  );
  await client.$executeRaw(sql`DELETE FROM redispatch WHERE new_id IN (SELECT r.id FROM ${ids})`);
}

function toRows({ provider }: Store, batchId: string, items: readonly UnsentItem[]): Sql {
  return jsonRows(
    provider,
    // With the batch's id in each row both databases look up each item; else they may go through all of the batch.
    items.map(({ position, status, reason }) => ({ batch_id: batchId, position, status, reason })),
    { batch_id: "text", position: "integer", status: "text", reason: "text" },
  );
}
