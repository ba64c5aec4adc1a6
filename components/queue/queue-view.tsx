"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter, SearchX } from "lucide-react";
import { NumbersPanel } from "@/components/numbers/numbers-panel";
import { QueueHistoryPanel } from "@/components/queues/queue-history-panel";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { queueQuery } from "@/lib/api/queries/queues";
import { toTasksHref } from "@/lib/api/queries/task-params";
import type { Queue } from "@/lib/api/schemas/queues";
import { ConsumersPanel } from "./consumers-panel";
import { PrioritiesPanel } from "./priorities-panel";
import { PurgeButton } from "./purge-button";
import { QueueFigures } from "./queue-figures";
import { QueueNotices } from "./queue-notices";
import { WaitingMessagesPanel } from "./waiting-messages-panel";

/** One queue: how full it is and was, who consumes it, and what waits in it. */
export function QueueView({ name }: { name: string }) {
  const { data: queue, error, refetch } = useQuery(queueQuery(name));
  if (queue) return <QueueBody queue={queue} />;
  return (
    <Panel flush>
      {queue === null ? (
        <EmptyState icon={SearchX} title="No such queue">
          No queue named <code className="break-all font-mono text-xs">{name}</code> has been seen in the last
          day. Queues appear when a worker consumes one, or when messages wait in one.
        </EmptyState>
      ) : error === null ? (
        <SkeletonRows rows={8} label="Loading the queue" />
      ) : (
        <ErrorState title="The queue can't be shown" error={error} onRetry={() => void refetch()} />
      )}
    </Panel>
  );
}

function QueueBody({ queue }: { queue: Queue }) {
  return (
    <>
      <PageHeader
        title={<span className="break-all">{queue.name}</span>}
        description={
          <>
            {COUNTED_BY[queue.source]}, <Instant at={queue.sampledAt} form="age" />
          </>
        }
        actions={
          <>
            <Link href={toTasksHref({ queue: [queue.name] })} className={buttonClass({})}>
              <ListFilter className="size-3.5" aria-hidden />
              Its tasks
            </Link>
            <PurgeButton queue={queue} />
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <QueueNotices queue={queue} />
        <QueueFigures queue={queue} />
        <QueueHistoryPanel name={queue.name} title="History" />
        <NumbersPanel of="queue" name={queue.name} title="Its tasks over time" />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <WaitingMessagesPanel queue={queue} />
          <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
            <ConsumersPanel queue={queue} />
            <PrioritiesPanel queue={queue} />
          </div>
        </div>
      </div>
    </>
  );
}

const COUNTED_BY: Record<Queue["source"], string> = {
  redis: "Counted in Redis",
  management: "Counted by passive declares and RabbitMQ's management API",
  amqp: "Counted by passive declares alone",
};
