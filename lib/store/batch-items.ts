import type { BatchItemRecord, ItemOutcome, ItemStatus } from "./batch-record";
import { type BatchOfItems, toBatchItemRecord } from "./batch-row";
import type { Prisma } from "./generated/sqlite/client";
import { jsonRows } from "./json-rows";
import { sql, toNumber } from "./sql";
import type { Store } from "./store";

/** What sending an item takes. */
export type WaitingItem = Pick<
  BatchItemRecord,
  "position" | "originalId" | "newId" | "queue" | "fingerprint" | "after" | "args" | "kwargs"
>;

/** Which items of a batch; absent means "any". */
export interface BatchItemFilter {
  /** `failed` has the doubtful ones, too. */
  readonly status?: ItemStatus;
  readonly outcome?: ItemOutcome;
}

/** A page of a batch's items in the order of sending, after the item at `afterPosition` (-1: from the first). */
export async function listBatchItems(
  store: Store,
  batch: BatchOfItems,
  { status, outcome }: BatchItemFilter,
  page: { readonly limit: number; readonly afterPosition: number },
): Promise<readonly BatchItemRecord[]> {
  const conditions: Prisma.BatchItemWhereInput[] = [
    { batchId: batch.id, position: { gt: page.afterPosition } },
  ];
  if (status !== undefined) conditions.push(hasStatus(status, batch));
  if (outcome === "pending") conditions.push({ outcome: null }, hasStatus("sent", batch));
  else if (outcome !== undefined) conditions.push({ outcome });
  const rows = await store.client.batchItem.findMany({
    where: { AND: conditions },
    orderBy: { position: "asc" },
    take: page.limit,
  });
  return rows.map((row) => toBatchItemRecord(row, batch));
}

/** The items not yet settled at positions from `from` to before `end`, at most a few thousand. */
export async function listWaitingItems(
  store: Store,
  batchId: string,
  { from, end }: { readonly from: number; readonly end: number },
): Promise<readonly WaitingItem[]> {
  // Twice as fast as through Prisma's models.
  const rows = await store.client.$queryRaw<WaitingRow[]>(sql`
    SELECT position, original_id, new_id, queue, fingerprint, after, args, kwargs FROM batch_item
    WHERE batch_id = ${batchId} AND status = 'waiting' AND position >= ${from} AND position < ${end}
    ORDER BY position`);
  return rows.map(({ position, original_id, new_id, ...item }) => ({
    ...item,
    position: toNumber(position),
    originalId: original_id,
    newId: new_id,
  }));
}

/** The positions of those of the batch's items that have one of these new ids, a few thousand at most. */
export async function listItemPositions(
  store: Store,
  batchId: string,
  newIds: readonly string[],
): Promise<readonly number[]> {
  if (newIds.length === 0) return [];
  const ids = jsonRows(
    store.provider,
    newIds.map((id) => ({ id })),
    { id: "text" },
  );
  const rows = await store.client.$queryRaw<{ position: number | bigint }[]>(sql`
    SELECT position FROM batch_item WHERE batch_id = ${batchId} AND new_id IN (SELECT r.id FROM ${ids})`);
  return rows.map((row) => toNumber(row.position));
}

interface WaitingRow extends Pick<WaitingItem, "queue" | "fingerprint" | "after" | "args" | "kwargs"> {
  readonly position: number | bigint;
  readonly original_id: string;
  readonly new_id: string;
}

/** The condition that `readStatus` of batch-row.ts is the other side of. */
function hasStatus(status: ItemStatus, batch: BatchOfItems): Prisma.BatchItemWhereInput {
  const isCancelled = batch.state === "cancelled";
  const waitsFrom = { status: "waiting", position: { gte: batch.position } };
  switch (status) {
    case "sent":
      return { OR: [{ status: "sent" }, { status: "waiting", position: { lt: batch.position } }] };
    case "waiting":
      return isCancelled ? { position: -1 } : waitsFrom;
    case "skipped":
      return { OR: [{ status: "skipped" }, ...(isCancelled ? [waitsFrom] : [])] };
    case "failed":
      return { status: { in: ["failed", "doubtful"] } };
    case "doubtful":
      return { status: "doubtful" };
  }
}
