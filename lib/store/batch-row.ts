import type { BatchItemRecord, BatchOptions, BatchRecord, BatchState } from "./batch-record";
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
    outcomes: {
      pending: row.dispatched - row.outcomesSucceeded - row.outcomesFailed,
      succeeded: row.outcomesSucceeded,
      failed: row.outcomesFailed,
    },
    position: row.position,
    chunkEnd: row.chunkEnd,
    error: row.error,
    createdAt: toNumber(row.createdAt),
    startedAt: toNumberOrNull(row.startedAt),
    finishedAt: toNumberOrNull(row.finishedAt),
    movedAt: toNumberOrNull(row.movedAt),
  };
}

/** The item as the rest of the program knows it; `isCancelled` is said of its batch. */
export function toBatchItemRecord(row: BatchItem, isCancelled: boolean): BatchItemRecord {
  const wasDropped = isCancelled && row.status === "waiting";
  return {
    position: row.position,
    originalId: row.originalId,
    newId: row.newId,
    name: row.name,
    queue: row.queue,
    queueRule: row.queueRule,
    // Only lib/store writes these two columns.
    status: wasDropped ? "skipped" : (row.status as BatchItemRecord["status"]),
    outcome: row.outcome as BatchItemRecord["outcome"],
    reason: wasDropped ? "cancelled" : row.reason,
    fingerprint: row.fingerprint,
    after: row.after,
    args: row.args,
    kwargs: row.kwargs,
  };
}
