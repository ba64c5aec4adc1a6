"use client";

import { Panel } from "@/components/ui/panel";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { formatDuration, formatWholeDuration } from "@/lib/format/duration";
import { formatRate, formatShare } from "@/lib/format/rate";
import { type BatchShare, listBatchShares } from "./batch-shares";
import { describeLimits } from "./describe-limits";
import { describeOutcome } from "./describe-outcome";
import { ShareBar } from "./share-bar";
import { useSendRate } from "./use-send-rate";

interface BatchProgressProps {
  batch: Batch;
  /** When this state of the batch was read, epoch ms. */
  seenAt: number;
}

/** How far the batch is, how fast it goes, and what became of what was sent. */
export function BatchProgress({ batch, seenAt }: BatchProgressProps) {
  const rate = useSendRate(batch.id, { at: seenAt, dispatched: batch.dispatched });
  const shares = listBatchShares(batch);
  const share = formatShare(batch.outcomes.succeeded, batch.total - batch.skipped);
  return (
    <Panel>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="font-semibold text-lg" role="status">
          {describeOutcome(batch)}
          {share === null ? null : <span className="ml-2 font-normal text-ink-muted text-sm">{share}</span>}
        </p>
        <p className="tabular text-ink-muted text-sm">{describePace(batch, rate)}</p>
      </div>
      <ShareBar shares={shares} className="h-3" />
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-sm">
        {shares.filter(isTelling).map((one) => (
          <div key={one.key} className="flex items-center gap-2">
            <span
              aria-hidden
              className="size-2 rounded-xs ring-1 ring-line-strong/60 ring-inset"
              style={{ background: one.color }}
            />
            <dd className="tabular font-medium">{formatCount(one.count)}</dd>
            <dt className="text-ink-muted">{one.label}</dt>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** None of a rare kind is nothing to say. */
function isTelling({ key, count }: BatchShare): boolean {
  return count > 0 || key === "succeeded" || key === "failed";
}

/** The rate and what is left of the time, or how long it took. */
function describePace(batch: Batch, measured: number | null): string {
  const limits = describeLimits(batch);
  if (batch.state === "done" || batch.state === "cancelled" || batch.state === "failed") {
    if (batch.startedAt === null || batch.finishedAt === null) return limits;
    const seconds = (Date.parse(batch.finishedAt) - Date.parse(batch.startedAt)) / 1000;
    return `took ${formatDuration(seconds)}, ${limits}`;
  }
  const left = batch.total - batch.dispatched - batch.skipped - batch.failed;
  if (batch.state === "paused" || measured === null || measured <= 0 || left <= 0) return limits;
  return `${formatRate(measured)}, ${limits}, about ${formatWholeDuration(Math.max(1, left / measured))} left to send`;
}
