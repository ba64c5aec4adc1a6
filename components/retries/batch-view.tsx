"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, Hourglass, SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api/client";
import { batchQuery } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { BatchCommands } from "./batch-commands";
import { BatchDoubts } from "./batch-doubts";
import { BatchFailures } from "./batch-failures";
import { BatchItems } from "./batch-items";
import { BATCH_LOOKS } from "./batch-look";
import { BatchProgress } from "./batch-progress";
import { BatchRecord } from "./batch-record";

/** One batch: how far it is, what became of each task, and the commands over it. */
export function BatchView({ id }: { id: string }) {
  const { data: batch, dataUpdatedAt, error, refetch } = useQuery(batchQuery(id));
  if (batch === undefined) {
    return (
      <Panel flush>
        {error === null ? <SkeletonRows rows={6} label="Loading the retry" /> : null}
        {error instanceof ApiError && error.status === 404 ? (
          <EmptyState icon={SearchX} title="No such retry">
            It may have been deleted with the store, or the address is wrong.
          </EmptyState>
        ) : error !== null ? (
          <ErrorState title="The retry can't be shown" error={error} onRetry={() => void refetch()} />
        ) : null}
      </Panel>
    );
  }
  return (
    <>
      <BatchHeader batch={batch} />
      {batch.error === null ? null : (
        <Notice tone="red" icon={CircleAlert} role="alert" className="mb-4">
          {batch.error}
        </Notice>
      )}
      {batch.waitsFor === null ? null : (
        <Notice tone="amber" icon={Hourglass} role="status" className="mb-4">
          Waiting for {batch.waitsFor}.
        </Notice>
      )}
      <BatchDoubts batch={batch} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <BatchProgress batch={batch} seenAt={dataUpdatedAt} />
          <BatchFailures batch={batch} />
        </div>
        <div className="min-w-0 lg:row-span-2">
          <BatchRecord batch={batch} />
        </div>
        <BatchItems batch={batch} />
      </div>
    </>
  );
}

function BatchHeader({ batch }: { batch: Batch }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-3 pb-4">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="font-semibold text-xl tracking-tight">
            Retry of {formatCounted(batch.total - batch.skipped, "task")}
          </h1>
          <Pill {...BATCH_LOOKS[batch.state]} />
        </div>
        <p className="text-ink-muted text-sm">
          begun <Instant at={batch.createdAt} form="age" /> by {batch.actor}
        </p>
      </div>
      <BatchCommands batch={batch} />
    </header>
  );
}
