"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter, RotateCcw } from "lucide-react";
import { useState } from "react";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { TaskStatePill } from "@/components/tasks/task-state-pill";
import { Button, buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { healthQuery } from "@/lib/api/queries/health";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { toTypeHref } from "@/lib/api/queries/task-types";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { isFinalState } from "@/lib/celery/task-state";
import { RevokeButtons } from "./revoke-buttons";

/** Which task, in which state, and what can be done with it. */
export function TaskHeader({ task }: { task: TaskDetail }) {
  const [isRetrying, setRetrying] = useState(false);
  const { data: health } = useQuery(healthQuery());
  const isReadOnly = health?.readOnly ?? false;
  const isFinal = isFinalState(task.state);
  return (
    <header className="flex flex-wrap items-start justify-between gap-3 pb-4">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="break-all font-semibold text-xl tracking-tight">
            {task.name === null ? (
              "Task without a name"
            ) : (
              <Link
                href={toTypeHref(task.name)}
                title="What tasks of this type do over time"
                className="rounded underline-offset-4 hover:underline"
              >
                {task.name}
              </Link>
            )}
          </h1>
          <TaskStatePill state={task.state} />
        </div>
        <p className="flex items-center gap-1 text-ink-muted">
          <code className="break-all font-mono text-xs">{task.id}</code>
          <CopyButton text={task.id} what="task id" />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {task.name === null ? null : (
          <Link href={toTasksHref({ name: [task.name] })} className={buttonClass({})}>
            <ListFilter className="size-3.5" aria-hidden />
            All of this name
          </Link>
        )}
        <RevokeButtons task={task} />
        <Button
          variant="primary"
          disabled={isReadOnly || !isFinal}
          title={isReadOnly ? "This Celeriac is read-only" : isFinal ? undefined : "It has not finished"}
          onClick={() => setRetrying(true)}
        >
          <RotateCcw className="size-3.5" aria-hidden />
          Retry
        </Button>
      </div>
      <RetryDialog open={isRetrying} onOpenChange={setRetrying} selection={{ ids: [task.id] }} />
    </header>
  );
}
