"use client";

import { useQuery } from "@tanstack/react-query";
import { Cpu } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { workerListQuery } from "@/lib/api/queries/workers";
import { formatCounted } from "@/lib/format/count";
import { WorkerTable } from "./worker-table";

/** All workers that were heard. */
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
      />
      <Panel flush>
        {data !== undefined ? (
          data.items.length === 0 ? (
            <EmptyState icon={Cpu} title="No worker has been heard">
              Celeriac hears a worker's heartbeat within seconds of its start. Check that it uses this broker.
            </EmptyState>
          ) : (
            <WorkerTable workers={data.items.toSorted((a, b) => a.hostname.localeCompare(b.hostname))} />
          )
        ) : error !== null ? (
          <ErrorState title="Workers can't be shown" error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={4} label="Loading workers" />
        )}
      </Panel>
    </>
  );
}
