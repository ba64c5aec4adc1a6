"use client";

import { SearchX } from "lucide-react";
import { NumbersPanel } from "@/components/numbers/numbers-panel";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api/client";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { ConfPanel } from "./conf-panel";
import { ConsumedQueuesPanel } from "./consumed-queues-panel";
import { EventsPanel } from "./events-panel";
import { HeldPanels } from "./held-panels";
import { PoolPanel } from "./pool-panel";
import { RegisteredPanel } from "./registered-panel";
import { RevokedPanel } from "./revoked-panel";
import { SystemPanel } from "./system-panel";
import { useLiveWorker } from "./use-live-worker";
import { WorkerActivityPanel } from "./worker-activity-panel";
import { WorkerHeader } from "./worker-header";
import { WorkerHistoryPanel } from "./worker-history-panel";
import { WorkerNotices } from "./worker-notices";

/** One worker: how it is, what it holds, and what can be done with it. */
export function WorkerView({ hostname }: { hostname: string }) {
  const { worker, error, refetch, isFetching, dataUpdatedAt } = useLiveWorker(hostname);
  if (worker === undefined) {
    return (
      <Panel flush>
        {error === null ? (
          <SkeletonRows rows={8} label="Asking the worker" />
        ) : error instanceof ApiError && error.status === 404 ? (
          <NoWorker hostname={hostname} />
        ) : (
          <ErrorState title="The worker can't be shown" error={error} onRetry={() => void refetch()} />
        )}
      </Panel>
    );
  }
  return (
    <>
      <WorkerHeader
        worker={worker}
        askedAt={new Date(dataUpdatedAt).toISOString()}
        isAsking={isFetching}
        onAsk={() => void refetch()}
      />
      <WorkerNotices worker={worker} />
      <WorkerPanels worker={worker} />
    </>
  );
}

const COLUMN = "flex min-w-0 flex-col gap-4";

function WorkerPanels({ worker }: { worker: WorkerDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
      <div className={COLUMN}>
        <HeldPanels worker={worker} />
      </div>
      {/* After what it holds on a narrow screen, beside all of it on a wide one. */}
      <div className={classNames(COLUMN, "lg:col-start-2 lg:row-span-2 lg:row-start-1")}>
        <PoolPanel worker={worker} />
        <ConsumedQueuesPanel worker={worker} />
        <EventsPanel worker={worker} />
        <SystemPanel worker={worker} />
        <WorkerActivityPanel hostname={worker.hostname} />
        <RevokedPanel ids={worker.revoked} />
      </div>
      <div className={COLUMN}>
        <NumbersPanel of="worker" name={worker.hostname} title="Its tasks over time" />
        <WorkerHistoryPanel hostname={worker.hostname} />
        <RegisteredPanel worker={worker} />
        <ConfPanel worker={worker} />
      </div>
    </div>
  );
}

function NoWorker({ hostname }: { hostname: string }) {
  return (
    <EmptyState icon={SearchX} title="No such worker">
      No worker named <code className="break-all font-mono text-xs">{hostname}</code> has been heard.
    </EmptyState>
  );
}
