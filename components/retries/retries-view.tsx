"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { batchListQuery } from "@/lib/api/queries/redispatches";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { BatchTable } from "./batch-table";

/** All batches, newest first. */
export function RetriesView() {
  return (
    <>
      <PageHeader
        title="Retries"
        description="Tasks that were sent again, a batch at a time, and what became of them."
      />
      <Panel flush>
        <Batches />
      </Panel>
    </>
  );
}

function Batches() {
  const list = useInfiniteQuery(batchListQuery());
  if (list.isPending) return <SkeletonRows rows={5} label="Loading retries" />;
  if (list.data === undefined) {
    return (
      <ErrorState title="Retries can't be shown" error={list.error} onRetry={() => void list.refetch()} />
    );
  }
  const batches = list.data.pages.flatMap((page) => page.items);
  if (batches.length === 0) {
    return (
      <EmptyState
        icon={RotateCcw}
        title="Nothing was retried yet"
        action={
          <Link href={toTasksHref({ state: ["FAILURE"] })} className={buttonClass({})}>
            Show failed tasks
          </Link>
        }
      >
        Select failed tasks and press Retry. Each batch stays here with its outcome.
      </EmptyState>
    );
  }
  return (
    <>
      <BatchTable batches={batches} />
      <LoadMore list={list} />
    </>
  );
}
