import type { BatchItemRecord, ItemOutcome, ItemStatus } from "./batch-record";
import { toBatchItemRecord } from "./batch-row";
import type { Store } from "./store";

/** Which items of a batch; absent means "any". */
export interface BatchItemFilter {
  readonly status?: ItemStatus;
  readonly outcome?: ItemOutcome;
}

/** A page of a batch's items in the order of sending, after the item at `afterPosition` (-1: from the first). */
export async function listBatchItems(
  store: Store,
  batch: { readonly id: string; readonly isCancelled: boolean },
  filter: BatchItemFilter,
  page: { readonly limit: number; readonly afterPosition: number },
): Promise<readonly BatchItemRecord[]> {
  const rows = await store.client.batchItem.findMany({
    where: {
      batchId: batch.id,
      position: { gt: page.afterPosition },
      ...(filter.outcome && { outcome: filter.outcome }),
      ...(filter.status && { status: { in: storedStatuses(filter.status, batch.isCancelled) } }),
    },
    orderBy: { position: "asc" },
    take: page.limit,
  });
  return rows.map((row) => toBatchItemRecord(row, batch.isCancelled));
}

/** The first `limit` items not yet settled, from `position` to before `end`. */
export async function listWaitingItems(
  store: Store,
  batchId: string,
  range: { readonly position: number; readonly end: number; readonly limit: number },
): Promise<readonly BatchItemRecord[]> {
  const rows = await store.client.batchItem.findMany({
    where: { batchId, status: "waiting", position: { gte: range.position, lt: range.end } },
    orderBy: { position: "asc" },
    take: range.limit,
  });
  return rows.map((row) => toBatchItemRecord(row, false));
}

/** What a cancelled batch left waiting reads as skipped (see toBatchItemRecord). */
function storedStatuses(status: ItemStatus, isCancelled: boolean): ItemStatus[] {
  if (!isCancelled) return [status];
  if (status === "waiting") return [];
  return status === "skipped" ? ["skipped", "waiting"] : [status];
}
