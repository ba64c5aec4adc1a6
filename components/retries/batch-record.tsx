import type { ReactNode } from "react";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { BatchDetail } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { describeLimits } from "./describe-limits";

/** What is on record of a batch: who, when, which tasks, why, how, and what people did to it since. */
export function BatchRecord({ batch }: { batch: BatchDetail }) {
  return (
    <Panel title="On record">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        <Fact label="Begun">
          <Instant at={batch.createdAt} form="full" /> by {batch.actor}
        </Fact>
        <Fact label="Tasks">
          <Selection batch={batch} />
        </Fact>
        <Fact label="Reason">{batch.reason === "" ? <Absent>none given</Absent> : batch.reason}</Fact>
        <Fact label="Sent">{describeSending(batch)}</Fact>
        {batch.changes.length === 0 ? null : (
          <Fact label="Changed">
            <ul className="flex flex-col gap-1">
              {batch.changes.map((change) => (
                <li key={change} className="break-words">
                  {change}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {batch.skipped === 0 ? null : (
          <Fact label="Left out">
            {formatCounted(batch.skipped, "task")} that {batch.skipped === 1 ? "was" : "were"} blocked
          </Fact>
        )}
        {batch.finishedAt === null ? null : (
          <Fact label="Sending ended">
            <Instant at={batch.finishedAt} form="full" />
          </Fact>
        )}
        {batch.actions.map(({ at, actor, action }) => (
          <Fact key={`${at}${action}`} label={ACTIONS[action] ?? action}>
            <Instant at={at} form="full" /> by {actor}
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}

function Selection({ batch }: { batch: BatchDetail }) {
  if (batch.selectionQuery === null) return batch.selection;
  return (
    <Link
      href={`/tasks?${batch.selectionQuery}`}
      className="rounded underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {batch.selection}
    </Link>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Absent({ children }: { children: ReactNode }) {
  return <span className="text-ink-faint">{children}</span>;
}

/** `at most 40/s, to the queue "mail", priority 3, starting after 1 min, spread over 10 min`. */
function describeSending(batch: BatchDetail): string {
  const { queue, priority, countdownSeconds, spreadSeconds } = batch;
  return [
    describeLimits(batch),
    queue === null ? null : `all to the queue “${queue}”`,
    priority === null ? null : `priority ${priority}`,
    countdownSeconds === null ? null : `each to start ${formatDuration(countdownSeconds)} later`,
    spreadSeconds === null ? null : `the starts spread over ${formatDuration(spreadSeconds)}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

const ACTIONS: Readonly<Record<string, string>> = {
  "retry-pause": "Paused",
  "retry-resume": "Resumed",
  "retry-cancel": "Cancelled",
  "retry-count-as-sent": "Doubts counted as sent",
};
