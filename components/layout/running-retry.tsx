"use client";

import { CirclePause, RotateCw } from "lucide-react";
import { useSendRate } from "@/components/retries/use-send-rate";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { SOFT_TONES } from "@/components/ui/tone";
import { toBatchHref } from "@/lib/api/queries/redispatches";
import type { Stats } from "@/lib/api/schemas/live";
import { formatCount } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";
import { formatRate } from "@/lib/format/rate";

type LiveBatch = Stats["batches"][number];

interface RunningRetryProps {
  batches: readonly LiveBatch[];
  /** Epoch ms. */
  seenAt: number;
}

/** The newest retry under way, on every page; takes no room while there is none. */
export function RunningRetry({ batches, seenAt }: RunningRetryProps) {
  const batch = batches.find(({ state }) => state === "running") ?? batches[0];
  if (batch === undefined) return null;
  const more = batches.length - 1;
  return (
    <>
      <RetryPill batch={batch} seenAt={seenAt} />
      {more === 0 ? null : (
        <Link href="/retries" className="shrink-0 rounded text-ink-muted hover:text-ink hover:underline">
          {more} more
        </Link>
      )}
    </>
  );
}

function RetryPill({ batch, seenAt }: { batch: LiveBatch; seenAt: number }) {
  const rate = useSendRate(batch.id, { at: seenAt, dispatched: batch.dispatched });
  const isPaused = batch.state === "paused";
  const Icon = isPaused ? CirclePause : RotateCw;
  const toSend = countToSend(batch);
  const percent = toSend === 0 ? 0 : (batch.dispatched / toSend) * 100;
  return (
    <Link
      href={toBatchHref(batch.id)}
      className={classNames(
        "relative flex h-6 shrink-0 items-center gap-1.5 overflow-hidden rounded-full px-2.5 font-medium text-xs hover:underline",
        SOFT_TONES[isPaused ? "amber" : "blue"],
      )}
    >
      <span
        aria-hidden
        className="absolute inset-y-0 left-0 bg-current opacity-10 transition-[width] duration-500"
        style={{ width: `${percent}%` }}
      />
      <Icon className="size-3 shrink-0" strokeWidth={2.25} aria-hidden />
      {isPaused ? "Retry paused" : "Retrying"}
      <span className="tabular">
        {formatCount(batch.dispatched)} of {formatCount(toSend)}
      </span>
      <span className="tabular font-normal">{describePace(batch, rate)}</span>
    </Link>
  );
}

/** What was settled without being sent was left out on purpose, most of it. */
function countToSend({ total, settled, dispatched }: LiveBatch): number {
  return total - (settled - dispatched);
}

/** The rate and the time left, as far as they are known. */
function describePace(batch: LiveBatch, rate: number | null): string | null {
  if (batch.state === "paused" || rate === null) return null;
  const left = batch.total - batch.settled;
  if (left <= 0) return null;
  if (rate <= 0) return formatRate(rate);
  return `${formatRate(rate)}, ${formatWholeDuration(Math.max(1, left / rate))} left`;
}
