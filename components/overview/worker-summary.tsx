"use client";

import { useQuery } from "@tanstack/react-query";
import { Cpu } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WorkerStatusPill } from "@/components/workers/worker-status-pill";
import { toWorkerHref, workerListQuery } from "@/lib/api/queries/workers";
import type { Worker } from "@/lib/api/schemas/workers";

const SHOWN = 8;

/** The workers, those that went away first. */
export function WorkerSummary() {
  const { data, error, refetch } = useQuery(workerListQuery());
  return (
    <Panel
      title="Workers"
      flush
      actions={
        <Link href="/workers" className="rounded text-ink-muted hover:text-ink hover:underline">
          {data === undefined || data.items.length <= SHOWN ? "Show all" : `Show all ${data.items.length}`}
        </Link>
      }
    >
      {data !== undefined ? (
        <Workers workers={data.items} />
      ) : error !== null ? (
        <ErrorState title="Workers can't be shown" error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={3} label="Loading workers" />
      )}
    </Panel>
  );
}

function Workers({ workers }: { workers: readonly Worker[] }) {
  if (workers.length === 0) {
    return (
      <EmptyState icon={Cpu} title="No worker has been heard">
        A worker is heard within seconds of its start.
      </EmptyState>
    );
  }
  const shown = workers
    .toSorted((a, b) => a.status.localeCompare(b.status) || a.hostname.localeCompare(b.hostname))
    .slice(0, SHOWN);
  return (
    <ul className="divide-y border-t">
      {shown.map((worker) => (
        <li key={worker.hostname} className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
          <WorkerStatusPill status={worker.status} />
          <Link
            href={toWorkerHref(worker.hostname)}
            className="min-w-0 flex-1 truncate rounded font-medium underline-offset-2 hover:underline"
          >
            {worker.hostname}
          </Link>
          <span className="tabular shrink-0 text-ink-muted text-xs">
            {worker.status === "online" ? (
              `${worker.active ?? "?"} of ${worker.concurrency ?? "?"} busy`
            ) : (
              <Instant at={worker.lastHeartbeatAt} form="age" />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
