import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { TEXT_TONES } from "@/components/ui/tone";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { Task } from "@/lib/api/schemas/tasks";
import { describeNeverRun } from "./never-ran";
import { lookOfState } from "./task-state-look";
import { taskLinkId } from "./use-task-shortcuts";

/** The name, which is the link of the row; on narrow screens also what the hidden columns would say. */
export function TaskSummaryCell({ task, index }: { task: Task; index: number }) {
  const { icon: Icon, label, tone } = lookOfState(task.state);
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon
          className={classNames("size-3.5 shrink-0 sm:hidden", TEXT_TONES[tone])}
          strokeWidth={2.25}
          aria-hidden
        />
        <span className="sr-only sm:hidden">{label}</span>
        <Link
          id={taskLinkId(index)}
          href={toTaskHref(task.id)}
          className="truncate rounded font-medium underline-offset-2 hover:underline"
        >
          {task.name ?? <span className="font-mono">{task.id}</span>}
        </Link>
      </span>
      <span className="truncate text-ink-muted text-xs sm:hidden">
        {describeNeverRun(task) ?? <span className="font-mono">{summarize(task)}</span>}
      </span>
    </span>
  );
}

function summarize(task: Task): string {
  return task.exception ?? `${task.args ?? "args not stored"} ${task.kwargs ?? ""}`;
}
