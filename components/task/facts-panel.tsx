import type { ReactNode } from "react";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { formatDuration } from "@/lib/format/duration";

/** What was said about the task, and by whom. */
export function FactsPanel({ task }: { task: TaskDetail }) {
  return (
    <Panel title="Facts">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        <Fact label="Worker">
          {task.worker === null ? null : <TextLink href={toWorkerHref(task.worker)}>{task.worker}</TextLink>}
        </Fact>
        <Fact label="Queue">
          {task.queue === null ? null : (
            <TextLink href={toTasksHref({ queue: [task.queue] })}>{task.queue}</TextLink>
          )}
        </Fact>
        <Moment label="Sent" at={task.sentAt} />
        <Moment label="Received" at={task.receivedAt} />
        <Moment label="Started" at={task.startedAt} />
        <Moment label="Finished" at={task.finishedAt} />
        <Fact label="Runtime">
          {task.runtimeSeconds === null ? null : formatDuration(task.runtimeSeconds)}
        </Fact>
        <Fact label="Retries">{task.retries}</Fact>
        {task.eta === null ? null : <Moment label="ETA" at={task.eta} />}
        {task.expires === null ? null : <Moment label="Expires" at={task.expires} />}
        {task.periodicTaskName === null ? null : <Fact label="Scheduled as">{task.periodicTaskName}</Fact>}
        <Fact label="Known from">{describeSources(task)}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="tabular break-words">{children ?? <span className="text-ink-faint">unknown</span>}</dd>
    </>
  );
}

/** An instant; what a task wrote in a form of its own is shown as it is. */
function Moment({ label, at }: { label: string; at: string | null }) {
  if (at !== null && Number.isNaN(Date.parse(at))) return <Fact label={label}>{at}</Fact>;
  return <Fact label={label}>{at === null ? null : <Instant at={at} form="full" />}</Fact>;
}

function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="rounded underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {children}
    </Link>
  );
}

function describeSources({ inResultTable, inEvents }: TaskDetail): string {
  if (inResultTable && inEvents) return "the result table and events";
  return inResultTable ? "the result table" : "events";
}
