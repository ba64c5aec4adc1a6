"use client";

import { useQuery } from "@tanstack/react-query";
import { PartyPopper } from "lucide-react";
import { TaskError } from "@/components/tasks/task-error";
import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TABLE } from "@/components/ui/table";
import { toTaskHref, toTasksHref } from "@/lib/api/queries/task-params";
import { newestTasksQuery } from "@/lib/api/queries/tasks";
import type { Task } from "@/lib/api/schemas/tasks";

const SHOWN = 10;
const COLUMNS = [
  { title: "Task", className: "w-[38%] max-sm:w-auto" },
  { title: "Exception", className: "max-sm:hidden" },
  { title: "Finished", className: "w-28 text-right" },
] as const;

/** The tasks that failed last. */
export function NewestFailures() {
  const { data, error, refetch } = useQuery(newestTasksQuery({ state: ["FAILURE"] }, SHOWN));
  return (
    <Panel
      title="Newest failures"
      flush
      actions={
        <Link
          href={toTasksHref({ state: ["FAILURE"] })}
          className="rounded text-ink-muted hover:text-ink hover:underline"
        >
          Show all
        </Link>
      }
    >
      {data !== undefined ? (
        <Failures tasks={data.items} />
      ) : error !== null ? (
        <ErrorState title="Failures can't be shown" error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={SHOWN} label="Loading failures" />
      )}
    </Panel>
  );
}

function Failures({ tasks }: { tasks: readonly Task[] }) {
  if (tasks.length === 0) {
    return (
      <EmptyState icon={PartyPopper} title="Nothing failed">
        No failed task is stored.
      </EmptyState>
    );
  }
  return (
    <DataTable caption="Newest failures" columns={COLUMNS} className="border-t">
      {tasks.map((task) => (
        <tr key={task.id} className={TABLE.row}>
          <td className={TABLE.cell}>
            <Link
              href={toTaskHref(task.id)}
              className="rounded font-medium underline-offset-2 hover:underline"
            >
              {task.name ?? task.id}
            </Link>
            <div className="truncate pb-1.5 text-xs sm:hidden">
              <TaskError task={task} />
            </div>
          </td>
          <td className={classNames(TABLE.cell, "max-sm:hidden")}>
            <TaskError task={task} />
          </td>
          <td className={classNames(TABLE.cell, "text-right text-ink-muted")}>
            <Instant at={task.finishedAt} form="age" />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
