import type { Batch, BatchItem } from "@/lib/api/schemas/redispatches";
import { AppError } from "@/lib/errors";
import { toInstant } from "@/lib/format/to-instant";
import type { BatchItemRecord, BatchRecord } from "@/lib/store/batch-record";
import { getBatch } from "@/lib/store/batches";
import type { Store } from "@/lib/store/store";

/** The batch of that id; throws AppError `not_found` when there is none, or only a preview. */
export async function requireBatch(store: Store, id: string): Promise<BatchRecord> {
  const batch = await getBatch(store, id);
  if (batch === null || batch.state === "draft") {
    throw new AppError("not_found", `There is no batch ${id}.`);
  }
  return batch;
}

/** A batch as the contract shows it. */
export function viewBatch(batch: BatchRecord): Batch {
  return {
    id: batch.id,
    state: toShownState(batch),
    total: batch.total,
    dispatched: batch.dispatched,
    skipped: batch.skipped,
    failed: batch.failed,
    outcomes: batch.outcomes,
    ratePerSecond: batch.ratePerSecond,
    reason: batch.reason,
    actor: batch.actor,
    selection: batch.selection,
    selectionQuery: batch.selectionQuery,
    changes: [...(batch.options.changes ?? [])],
    error: batch.error,
    createdAt: toInstant(batch.createdAt),
    startedAt: toInstant(batch.startedAt),
    finishedAt: toInstant(batch.finishedAt),
  };
}

/** An item as the contract shows it. */
export function viewBatchItem(item: BatchItemRecord): BatchItem {
  return {
    originalId: item.originalId,
    // An id that nothing was sent under would lead nowhere.
    newId: item.status === "sent" ? item.newId : null,
    name: item.name,
    queue: item.queue,
    status: item.status,
    reason: item.reason,
    outcome: item.outcome,
  };
}

function toShownState({ id, state }: BatchRecord): Batch["state"] {
  if (state === "draft") throw new AppError("not_found", `There is no batch ${id}.`);
  return state;
}
