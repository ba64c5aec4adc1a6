import type { Batch, BatchDetail, BatchItem } from "@/lib/api/schemas/redispatches";
import { AppError } from "@/lib/errors";
import { toInstant } from "@/lib/format/to-instant";
import { listActions } from "@/lib/store/actions";
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
    doubtful: batch.doubtful,
    outcomes: batch.outcomes,
    ratePerSecond: batch.ratePerSecond,
    keepQueueBelow: batch.options.keepQueueBelow ?? null,
    priority: batch.options.priority ?? null,
    countdownSeconds: batch.options.countdownSeconds,
    spreadSeconds: batch.options.spreadSeconds ?? null,
    queue: batch.options.queue ?? null,
    reason: batch.reason,
    actor: batch.actor,
    selection: batch.selection,
    selectionQuery: batch.selectionQuery,
    changes: [...(batch.options.changes ?? [])],
    error: batch.error,
    waitsFor: batch.waitsFor,
    createdAt: toInstant(batch.createdAt),
    startedAt: toInstant(batch.startedAt),
    finishedAt: toInstant(batch.finishedAt),
  };
}

/** A batch with what people did to it. */
export async function viewBatchDetail(store: Store, batch: BatchRecord): Promise<BatchDetail> {
  const actions = await listActions(store, { target: batch.id, limit: 50, after: null });
  return {
    ...viewBatch(batch),
    actions: actions.map(({ at, actor, action }) => ({ at: toInstant(at), actor, action })),
  };
}

/** An item as the contract shows it. */
export function viewBatchItem(item: BatchItemRecord): BatchItem {
  const isDoubtful = item.status === "doubtful";
  return {
    originalId: item.originalId,
    // An id that nothing was sent under would lead nowhere.
    newId: item.status === "sent" || isDoubtful ? item.newId : null,
    name: item.name,
    queue: item.queue,
    status: item.status === "doubtful" ? "failed" : item.status,
    doubtful: isDoubtful,
    reason: item.reason,
    outcome: item.outcome,
    error: item.error,
  };
}

function toShownState({ id, state }: BatchRecord): Batch["state"] {
  if (state === "draft") throw new AppError("not_found", `There is no batch ${id}.`);
  return state;
}
