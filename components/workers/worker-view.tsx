"use client";

import { useQuery } from "@tanstack/react-query";
import { Info, RotateCw, SearchX } from "lucide-react";
import { LiteralBlock } from "@/components/task/literal-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api/client";
import { workerDetailQuery } from "@/lib/api/queries/workers";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { RegisteredPanel } from "./registered-panel";
import { WorkerFacts } from "./worker-facts";
import { WorkerStatusPill } from "./worker-status-pill";

/** One worker: what its events told and what it answered when asked. */
export function WorkerView({ hostname }: { hostname: string }) {
  const { data: worker, error, refetch, isFetching } = useQuery(workerDetailQuery(hostname));
  if (worker === undefined) {
    return (
      <Panel flush>
        {error === null ? (
          <SkeletonRows rows={8} label="Asking the worker" />
        ) : error instanceof ApiError && error.status === 404 ? (
          <EmptyState icon={SearchX} title="No such worker">
            No worker named <code className="break-all font-mono text-xs">{hostname}</code> has been heard.
          </EmptyState>
        ) : (
          <ErrorState title="The worker can't be shown" error={error} onRetry={() => void refetch()} />
        )}
      </Panel>
    );
  }
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {worker.hostname} <WorkerStatusPill status={worker.status} />
          </span>
        }
        description={
          <>
            last heard <Instant at={worker.lastHeartbeatAt} form="age" />
          </>
        }
        actions={
          <Button busy={isFetching} onClick={() => void refetch()}>
            {isFetching ? null : <RotateCw className="size-3.5" aria-hidden />}
            Ask again
          </Button>
        }
      />
      <WorkerBody worker={worker} />
    </>
  );
}

function WorkerBody({ worker }: { worker: WorkerDetail }) {
  const answers = [
    { title: "Active", value: worker.active },
    { title: "Reserved", value: worker.reserved },
    { title: "Scheduled", value: worker.scheduled },
    { title: "Revoked", value: worker.revoked },
    { title: "Stats", value: worker.stats },
    { title: "Configuration", value: worker.conf },
  ];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <WorkerFacts worker={worker} />
        <RegisteredPanel names={worker.registered} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {worker.notes.map((note) => (
          <Notice key={note} tone="gray" icon={Info}>
            {note}
          </Notice>
        ))}
        {answers.map(({ title, value }) =>
          value === null ? null : (
            <Panel key={title} flush>
              <LiteralBlock title={title} text={JSON.stringify(value)} />
            </Panel>
          ),
        )}
      </div>
    </div>
  );
}
