"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListX } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type BatchItemFilter, batchItemsQuery } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { BatchItemTable } from "./batch-item-table";
import { listBatchShares } from "./batch-shares";

const SHOWS = ["all", "succeeded", "failed", "pending", "doubtful", "unsent", "skipped", "waiting"] as const;
type Show = (typeof SHOWS)[number];

const LABELS: Record<Show, string> = {
  all: "All",
  succeeded: "Succeeded",
  failed: "Failed again",
  pending: "Not finished",
  doubtful: "Perhaps sent",
  unsent: "Not sent",
  skipped: "Left out",
  waiting: "Waiting",
};

const FILTERS: Record<Show, BatchItemFilter> = {
  all: {},
  succeeded: { outcome: "succeeded" },
  failed: { outcome: "failed" },
  pending: { outcome: "pending" },
  doubtful: { status: "doubtful" },
  unsent: { status: "failed" },
  skipped: { status: "skipped" },
  waiting: { status: "waiting" },
};

/** The tasks of a batch, by what became of them. */
export function BatchItems({ batch }: { batch: Batch }) {
  const [show, setShow] = useQueryState("show", parseAsStringLiteral(SHOWS).withDefault("all"));
  const counts = new Map<string, number>(listBatchShares(batch).map((share) => [share.key, share.count]));
  counts.set("all", batch.total);
  // The list has both.
  counts.set("unsent", batch.failed);
  return (
    <Panel flush>
      <fieldset className="scrollbar-none flex h-11 min-w-0 items-center gap-1 overflow-x-auto border-b px-3">
        <legend className="sr-only">Show</legend>
        {SHOWS.filter((one) => one === "all" || one === show || (counts.get(one) ?? 0) > 0).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={show === one}
            onClick={() => void setShow(one === "all" ? null : one)}
            className={classNames(
              "h-7 shrink-0 rounded-full px-2.5 text-sm",
              show === one ? "bg-gray-soft font-medium" : "text-ink-muted hover:bg-hover",
            )}
          >
            {LABELS[one]}{" "}
            <span className="tabular text-xs opacity-80">{formatCount(counts.get(one) ?? 0)}</span>
          </button>
        ))}
      </fieldset>
      <Items id={batch.id} filter={FILTERS[show]} />
    </Panel>
  );
}

function Items({ id, filter }: { id: string; filter: BatchItemFilter }) {
  const list = useInfiniteQuery(batchItemsQuery(id, filter));
  if (list.isPending) return <SkeletonRows rows={6} label="Loading tasks of this retry" />;
  if (list.data === undefined) {
    return (
      <ErrorState title="The tasks can't be shown" error={list.error} onRetry={() => void list.refetch()} />
    );
  }
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState icon={ListX} title="No task of this kind" />;
  return (
    <>
      <BatchItemTable items={items} />
      <LoadMore list={list} />
    </>
  );
}
