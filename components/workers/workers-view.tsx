"use client";

import { useQuery } from "@tanstack/react-query";
import { Cpu, History } from "lucide-react";
import { useState } from "react";
import { StampsButton } from "@/components/control/stamps-button";
import { useHold } from "@/components/live/pause-provider";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FindField } from "@/components/ui/find-field";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { workerListQuery } from "@/lib/api/queries/workers";
import type { Worker } from "@/lib/api/schemas/workers";
import { formatCounted } from "@/lib/format/count";
import { WorkerBulkBar } from "./bulk/worker-bulk-bar";
import { orderWorkers } from "./order-workers";
import { useWorkerSelection } from "./use-worker-selection";
import { WorkerTable } from "./worker-table";

/** All workers that were heard, and what can be done with several at once. */
export function WorkersView() {
  const { data, error, refetch } = useQuery(workerListQuery());
  const online = data?.items.filter((worker) => worker.status === "online").length ?? 0;
  return (
    <>
      <PageHeader
        title="Workers"
        description={
          data === undefined ? undefined : `${online} of ${formatCounted(data.items.length, "worker")} online`
        }
        actions={
          <>
            <StampsButton />
            <Link href="/activity" className={buttonClass({})}>
              <History className="size-3.5" aria-hidden />
              Activity
            </Link>
          </>
        }
      />
      <Panel flush>
        {data !== undefined ? (
          <Workers workers={data.items} />
        ) : error !== null ? (
          <ErrorState title="Workers can't be shown" error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={4} label="Loading workers" />
        )}
      </Panel>
    </>
  );
}

function Workers({ workers }: { workers: readonly Worker[] }) {
  const [text, setText] = useState("");
  const selection = useWorkerSelection(workers);
  const hasTicked = selection.workers.length > 0;
  useHold(hasTicked, "workers are selected");
  if (workers.length === 0) {
    return (
      <EmptyState icon={Cpu} title="No worker has been heard">
        Celeriac hears a worker's heartbeat within seconds of its start. Check that it uses this broker.
      </EmptyState>
    );
  }
  const shown = orderWorkers(workers, text);
  return (
    <>
      <div className="flex h-11 items-center gap-3 border-b px-3">
        {hasTicked ? (
          <WorkerBulkBar workers={selection.workers} onClear={selection.clear} />
        ) : (
          <FindField label="Find a worker" value={text} onChange={setText} />
        )}
      </div>
      <WorkerTable workers={shown} selection={selection} />
      {shown.length === 0 ? (
        <p className="px-4 py-3 text-ink-muted text-sm">No worker of that name.</p>
      ) : null}
    </>
  );
}
