import type { Batch } from "@/lib/api/schemas/redispatches";

export interface BatchShare {
  key: "succeeded" | "failed" | "pending" | "doubtful" | "unsent" | "skipped" | "waiting";
  label: string;
  count: number;
  /** A CSS colour. */
  color: string;
}

/** What became of each task of a batch; the shares add up to its total. */
export function listBatchShares(batch: Batch): BatchShare[] {
  const { succeeded, failed, pending } = batch.outcomes;
  const waiting = Math.max(0, batch.total - batch.dispatched - batch.skipped - batch.failed);
  return [
    { key: "succeeded", label: "succeeded", count: succeeded, color: "var(--color-green-solid)" },
    { key: "failed", label: "failed again", count: failed, color: "var(--color-red-solid)" },
    { key: "pending", label: "sent, not finished", count: pending, color: "var(--color-blue-solid)" },
    ...(batch.doubtful === 0 ? [] : [doubtfulShare(batch.doubtful)]),
    {
      key: "unsent",
      label: "could not be sent",
      count: batch.failed - batch.doubtful,
      color: "var(--color-amber-solid)",
    },
    { key: "skipped", label: "left out", count: batch.skipped, color: "var(--color-gray-solid)" },
    { key: "waiting", label: "waiting to be sent", count: waiting, color: "var(--color-gray-soft)" },
  ];
}

/** Rare: it is not shown to be zero. */
function doubtfulShare(count: number): BatchShare {
  return { key: "doubtful", label: "perhaps sent", count, color: "var(--color-amber)" };
}
