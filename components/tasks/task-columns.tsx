"use client";

import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { RotateCcw } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { Task } from "@/lib/api/schemas/tasks";
import { formatDuration } from "@/lib/format/duration";
import { formatShortId } from "@/lib/format/id";
import { TaskError } from "./task-error";
import { TaskStatePill } from "./task-state-pill";
import { TaskSummaryCell } from "./task-summary-cell";

/** The table needs no feature of the library but columns and rows: order and filter are the server's. */
export const TASK_TABLE_FEATURES = tableFeatures({});

interface ColumnLook {
  className?: string;
}

const column = createColumnHelper<typeof TASK_TABLE_FEATURES, Task>();

/** Widths and breakpoints: what is wide comes last and takes the rest; what is secondary leaves first. */
export const COLUMN_LOOKS: Record<string, ColumnLook> = {
  state: { className: "w-26 max-sm:hidden" },
  name: { className: "w-[26%] max-sm:w-auto" },
  id: { className: "w-24 max-xl:hidden" },
  args: { className: "max-lg:hidden" },
  exception: { className: "max-md:hidden group-data-without-exceptions/table:hidden" },
  queue: { className: "w-24 max-xl:hidden" },
  worker: { className: "w-36 max-2xl:hidden" },
  runtime: { className: "w-20 text-right tabular max-md:hidden" },
  finishedAt: { className: "w-32 text-right tabular max-sm:w-24" },
};

export const TASK_COLUMNS = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <TaskStatePill state={row.original.state} />,
  }),
  column.accessor("name", {
    header: "Task",
    cell: ({ row }) => <TaskSummaryCell task={row.original} index={row.index} />,
  }),
  column.accessor("id", {
    header: "Id",
    cell: ({ row }) => (
      <span className="font-mono text-ink-muted text-xs" title={row.original.id}>
        {formatShortId(row.original.id)}
      </span>
    ),
  }),
  column.accessor("args", {
    header: "Args",
    cell: ({ row }) => (
      <span className="font-mono text-ink-muted text-xs">
        {describeArgs(row.original) ?? <span className="text-ink-faint">not stored</span>}
      </span>
    ),
  }),
  column.accessor("exception", {
    header: "Exception",
    cell: ({ row }) => <ExceptionCell task={row.original} />,
  }),
  column.accessor("queue", { header: "Queue", cell: ({ row }) => row.original.queue ?? <Unknown /> }),
  column.accessor("worker", {
    header: "Worker",
    cell: ({ row }) => (
      <span title={row.original.worker ?? undefined}>{row.original.worker ?? <Unknown />}</span>
    ),
  }),
  column.accessor("runtimeSeconds", {
    id: "runtime",
    header: "Runtime",
    cell: ({ row }) =>
      row.original.runtimeSeconds === null ? <Unknown /> : formatDuration(row.original.runtimeSeconds),
  }),
  column.accessor("finishedAt", {
    header: "Finished",
    cell: ({ row }) =>
      row.original.finishedAt === null ? (
        <span className="text-ink-faint">not yet</span>
      ) : (
        <Instant at={row.original.finishedAt} />
      ),
  }),
]);

/** Args and kwargs on one line, as stored. */
function describeArgs(task: Pick<Task, "args" | "kwargs">): string | null {
  if (task.args === null && task.kwargs === null) return null;
  const kwargs = task.kwargs === null || task.kwargs === "{}" ? "" : task.kwargs;
  return `${task.args ?? ""} ${kwargs}`.trim();
}

function ExceptionCell({ task }: { task: Task }) {
  if (task.redispatchedAs !== null) {
    return (
      <span className="flex items-center gap-2">
        <Link
          href={toTaskHref(task.redispatchedAs)}
          className="inline-flex shrink-0 items-center gap-1 rounded text-ink-muted text-xs underline-offset-2 hover:underline"
        >
          <RotateCcw className="size-3" aria-hidden />
          retried
        </Link>
        <span className="truncate font-mono text-ink-muted text-xs">{task.exception}</span>
      </span>
    );
  }
  return <TaskError task={task} />;
}

/** What was never said, to the eye a dash. */
function Unknown() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">unknown</span>
    </span>
  );
}
