"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { queueListQuery } from "@/lib/api/queries/queues";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCount } from "@/lib/format/count";
import { QueueHistoryPanel } from "./queue-history-panel";
import { QueueTable } from "./queue-table";

/** All queues, and the history of the one that is chosen. */
export function QueuesView() {
  const [chosen, setChosen] = useQueryState("queue", parseAsString);
  const { data, error, refetch } = useQuery(queueListQuery());
  const shown = data === undefined ? null : (chosen ?? findDeepest(data.items));
  return (
    <>
      <PageHeader
        title="Queues"
        description="What waits in the broker, also where nobody consumes it."
        actions={data?.delayed == null ? null : <Delayed count={data.delayed} />}
      />
      <div className="flex flex-col gap-4">
        {shown === null ? null : <QueueHistoryPanel name={shown} />}
        <Panel flush>
          {data !== undefined ? (
            <Queues queues={data.items} shown={shown} onShow={(name) => void setChosen(name)} />
          ) : error !== null ? (
            <ErrorState title="Queues can't be shown" error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={6} label="Loading queues" />
          )}
        </Panel>
      </div>
    </>
  );
}

/** RabbitMQ has them in many queues of its own, which are not shown. */
function Delayed({ count }: { count: number }) {
  return (
    <span
      className="tabular text-ink-muted text-sm"
      title="Messages that RabbitMQ itself holds back until their eta (native delayed delivery)"
    >
      delayed: <span className="font-medium text-ink">{formatCount(count)}</span>
    </span>
  );
}

interface QueuesProps {
  queues: readonly Queue[];
  shown: string | null;
  onShow: (name: string) => void;
}

function Queues({ queues, shown, onShow }: QueuesProps) {
  if (queues.length === 0) {
    return (
      <EmptyState icon={Layers} title="No queues yet">
        Queues appear when a worker consumes one, or when messages wait in one.
      </EmptyState>
    );
  }
  // By name: depths change each second, and rows that trade places can't be read.
  const byName = queues.toSorted((a, b) => a.name.localeCompare(b.name));
  return <QueueTable queues={byName} shown={shown} onShow={onShow} />;
}

function findDeepest(queues: readonly Queue[]): string | null {
  return queues.toSorted((a, b) => b.depth - a.depth || a.name.localeCompare(b.name))[0]?.name ?? null;
}
