"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/api/client";
import { taskDetailQuery } from "@/lib/api/queries/tasks";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { isFinalState } from "@/lib/celery/task-state";
import { ArgsPanel } from "./args-panel";
import { AttemptsPanel } from "./attempts-panel";
import { ErrorPanel } from "./error-panel";
import { FactsPanel } from "./facts-panel";
import { KeptRowsPanel } from "./kept-rows-panel";
import { LifetimePanel } from "./lifetime-panel";
import { LinksPanel } from "./links-panel";
import { LiteralBlock } from "./literal-block";
import { TaskHeader } from "./task-header";
import { WaitingPanel } from "./waiting-panel";

/** Everything known about one task. */
export function TaskView({ id }: { id: string }) {
  const { data: task, error, refetch } = useQuery(taskDetailQuery(id));
  if (task !== undefined) return <Task task={task} />;
  if (error instanceof ApiError && error.status === 404) return <NoTask id={id} />;
  return (
    <Panel flush>
      {error === null ? (
        <SkeletonRows rows={12} label="Loading the task" />
      ) : (
        <ErrorState title="The task can't be shown" error={error} onRetry={() => void refetch()} />
      )}
    </Panel>
  );
}

function Task({ task }: { task: TaskDetail }) {
  return (
    <>
      <TaskHeader task={task} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {isFinalState(task.state) ? null : <WaitingPanel id={task.id} />}
          <LifetimePanel task={task} />
          <ErrorPanel task={task} />
          <ArgsPanel task={task} />
          {task.result === null ? null : (
            <Panel flush>
              <LiteralBlock
                title={task.exception === null ? "Result" : "Exception as stored"}
                text={task.result}
              />
            </Panel>
          )}
          <KeptRowsPanel rows={task.keptRows} />
          <AttemptsPanel attempts={task.attempts} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <FactsPanel task={task} />
          <LinksPanel task={task} />
          {task.meta === null ? null : (
            <Panel flush>
              <LiteralBlock title="Meta" text={task.meta} />
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

function NoTask({ id }: { id: string }) {
  return (
    <Panel flush>
      <EmptyState icon={SearchX} title="No such task">
        Neither the result table nor any event knows <code className="break-all font-mono text-xs">{id}</code>
        . It may have expired, or no worker has taken it yet.
      </EmptyState>
    </Panel>
  );
}
