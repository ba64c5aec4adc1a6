"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { batchFailuresQuery } from "@/lib/api/queries/redispatches";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { Batch, BatchFailures as Failures } from "@/lib/api/schemas/redispatches";
import { formatCount, formatCounted } from "@/lib/format/count";
import { RetryAgainButton } from "./retry-again-button";

/** What failed again, by the kind of error, and the way to retry it once more; nothing while nothing has. */
export function BatchFailures({ batch }: { batch: Batch }) {
  const { failed } = batch.outcomes;
  if (failed === 0) return null;
  return (
    <Panel
      title={`${formatCounted(failed, "task")} failed again`}
      actions={
        <RetryAgainButton
          batchId={batch.id}
          tasks={{ of: "failed" }}
          reason={batch.reason}
          variant="primary"
          size="small"
        >
          Retry {failed === 1 ? "it" : `these ${formatCount(failed)}`}
        </RetryAgainButton>
      }
      flush
    >
      <Groups batch={batch} />
    </Panel>
  );
}

function Groups({ batch }: { batch: Batch }) {
  const { data, error, refetch } = useQuery(batchFailuresQuery(batch.id));
  if (data === undefined) {
    return error === null ? (
      <SkeletonRows rows={2} label="Loading the errors" />
    ) : (
      <ErrorState title="The errors can't be shown" error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <ul className="divide-y border-t">
      {data.items.map((group) => (
        <Group key={group.error ?? ""} batch={batch} group={group} isOnly={data.items.length === 1} />
      ))}
    </ul>
  );
}

function Group({
  batch,
  group,
  isOnly,
}: {
  batch: Batch;
  group: Failures["items"][number];
  isOnly: boolean;
}) {
  const name = group.error ?? "No error is known";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2 text-sm">
      <span className="tabular min-w-8 shrink-0 text-right font-medium">{formatCount(group.count)}</span>
      <span className="min-w-0 flex-1 max-sm:basis-[calc(100%-3rem)]">
        <span className={group.error === null ? "text-ink-muted" : "block break-words font-mono text-xs"}>
          {name}
        </span>
      </span>
      <Link
        href={toTaskHref(group.exampleId)}
        aria-label={`One of them: ${name}`}
        className="shrink-0 rounded text-ink-muted text-xs underline max-sm:ml-11 underline-offset-2 hover:text-ink"
      >
        one of them
      </Link>
      {isOnly ? null : (
        <RetryAgainButton
          batchId={batch.id}
          tasks={{ of: "failed", error: group.error ?? "" }}
          reason={batch.reason}
          size="small"
          aria-label={`Retry ${formatCounted(group.count, "task")}: ${name}`}
        >
          Retry
        </RetryAgainButton>
      )}
    </li>
  );
}
