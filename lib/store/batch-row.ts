import type { BatchItemRecord, BatchOptions, BatchRecord, BatchState, ItemStatus } from "./batch-record";
import type { Batch, BatchItem } from "./generated/sqlite/client";
import { toNumber, toNumberOrNull } from "./sql";

/** The batch as the rest of the program knows it. */
export function toBatchRecord(row: Batch): BatchRecord {
  const state = row.state as BatchState; // Only lib/store writes the column.
  const isCancelled = state === "cancelled";
  return {
    id: row.id,
    state,
    actor: row.actor,
    reason: row.reason,
    selection: row.selection,
    selectionQuery: row.selectionQuery,
    options: JSON.parse(row.options) as BatchOptions, // Only createDraft and startDraft write the column.
    ratePerSecond: row.ratePerSecond,
    total: row.total,
    dispatched: row.dispatched,
    // What a cancelled batch didn't come to isn't rewritten item by item: it reads as skipped.
    skipped: isCancelled ? row.total - row.dispatched - row.failed : row.skipped,
    failed: row.failed,
    doubtful: row.doubtful,
    outcomes: {
      pending: row.dispatched - row.outcomesSucceeded - row.outcomesFailed,
      succeeded: row.outcomesSucceeded,
      failed: row.outcomesFailed,
    },
    position: row.position,
    chunkEnd: row.chunkEnd,
    error: row.error,
    waitsFor: row.waitsFor,
    createdAt: toNumber(row.createdAt),
    startedAt: toNumberOrNull(row.startedAt),
    finishedAt: toNumberOrNull(row.finishedAt),
    movedAt: toNumberOrNull(row.movedAt),
  };
}

/** What of a batch tells how its items are to be read. */
export type BatchOfItems = Pick<BatchRecord, "id" | "state" | "position">;

/** The item as the rest of the program knows it. */
export function toBatchItemRecord(row: BatchItem, batch: BatchOfItems): BatchItemRecord {
  const status = readStatus(row, batch);
  const wasDropped = status === "skipped" && row.status === "waiting";
  return {
    position: row.position,
    originalId: row.originalId,
    newId: row.newId,
    name: row.name,
    queue: row.queue,
    queueRule: row.queueRule,
    status,
    // Only lib/store writes the column; null is "not yet" of what was sent.
    outcome: status === "sent" ? ((row.outcome as BatchItemRecord["outcome"]) ?? "pending") : null,
    error: row.error,
    reason: wasDropped ? "cancelled" : row.reason,
    fingerprint: row.fingerprint,
    after: row.after,
    args: row.args,
    kwargs: row.kwargs,
  };
}

/** What waits was sent when it is settled, and never will be when the batch was cancelled. */
function readStatus({ status, position }: BatchItem, batch: BatchOfItems): ItemStatus {
  if (status !== "waiting") return status as ItemStatus; // Only lib/store writes the column.
  if (position < batch.position) return "sent";
  return batch.state === "cancelled" ? "skipped" : "waiting";
}
