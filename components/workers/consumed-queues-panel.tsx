"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Unplug } from "lucide-react";
import { CommandAction } from "@/components/control/command-action";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { queueListQuery, toQueueHref } from "@/lib/api/queries/queues";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatCount } from "@/lib/format/count";
import { AddQueueForm } from "./forms/add-queue-form";
import { CancelQueueForm } from "./forms/cancel-queue-form";

/** The queues that a worker consumes, with what waits in each. */
export function ConsumedQueuesPanel({ worker }: { worker: WorkerDetail }) {
  const { data } = useQuery(queueListQuery());
  const depths = new Map(data?.items.map(({ name, depth }) => [name, depth]));
  return (
    <Panel
      title="Queues"
      flush
      actions={
        <CommandAction worker={worker} label="Add a queue" icon={Plus} title="Consume another queue">
          {(close) => <AddQueueForm worker={worker} onClose={close} />}
        </CommandAction>
      }
    >
      {worker.queues === null || worker.queues.length === 0 ? (
        <p className="px-4 pb-4 text-ink-muted text-sm">
          {worker.queues === null
            ? "Not known: it has not answered yet."
            : "It consumes no queue, so it gets no task."}
        </p>
      ) : (
        <ul className="pb-2">
          {worker.queues.map((queue) => (
            <li key={queue} className="flex min-h-9 items-center gap-3 pr-3 pl-4 text-sm">
              <Link
                href={toQueueHref(queue)}
                className="min-w-0 flex-1 truncate rounded font-medium underline-offset-2 hover:underline"
              >
                {queue}
              </Link>
              <span className="tabular shrink-0 text-ink-muted text-xs">
                {describeDepth(depths.get(queue))}
              </span>
              <CommandAction
                worker={worker}
                label="Stop"
                name={`Stop consuming ${queue}`}
                icon={Unplug}
                variant="ghost"
                title={`Stop consuming ${queue}?`}
              >
                {(close) => <CancelQueueForm hostname={worker.hostname} queue={queue} onClose={close} />}
              </CommandAction>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function describeDepth(depth: number | undefined): string | null {
  return depth === undefined ? null : `${formatCount(depth)} waiting`;
}
