"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import type { HeldTask, HeldTasks } from "@/lib/api/schemas/worker-parts";
import { formatCount } from "@/lib/format/count";
import { HeldRow } from "./held-row";

const SHOWN_FIRST = 12;

export type HeldKind = "active" | "reserved" | "scheduled";

const WORDS: Record<
  HeldKind,
  { title: string; nothing: string; nothingTold: string; columns: [last: string, since: string] }
> = {
  active: {
    ...{ title: "Active", columns: ["Process", "Running for"] },
    ...{
      nothing: "It runs nothing now.",
      nothingTold: "No event tells of a task that it began and did not end.",
    },
  },
  reserved: {
    ...{ title: "Reserved", columns: ["Priority", "Waiting for"] },
    ...{
      nothing: "No task waits in it.",
      nothingTold: "No event tells of a task that it got and did not begin.",
    },
  },
  scheduled: {
    ...{ title: "Scheduled", columns: ["ETA", "Held for"] },
    ...{
      nothing: "No task waits for its time in it.",
      nothingTold: "No event tells of a task with an eta in it.",
    },
  },
};

export interface HeldAction {
  label: string;
  obstacle: string | null;
  onPress: (task: HeldTask) => void;
}

interface HeldPanelProps {
  kind: HeldKind;
  held: HeldTasks;
  /** Ids that the worker will not start. */
  revoked: ReadonlySet<string>;
  action: HeldAction;
}

/** The tasks that a worker holds in one way, the longest held first. */
export function HeldPanel({ kind, held, revoked, action }: HeldPanelProps) {
  const [isWhole, setWhole] = useState(false);
  const { title, nothing, nothingTold, columns } = WORDS[kind];
  const { tasks, isCut, from } = held;
  const shown = isWhole ? tasks : tasks.slice(0, SHOWN_FIRST);
  return (
    <Panel
      title={
        <>
          {title}{" "}
          <span className="tabular font-normal text-ink-muted">
            {formatCount(tasks.length)}
            {isCut ? "+" : ""}
          </span>
        </>
      }
      actions={from === "events" ? <span className="text-ink-muted text-xs">as its events told</span> : null}
      flush
    >
      {tasks.length === 0 ? (
        <p className="px-4 pb-4 text-ink-muted text-sm">{from === "worker" ? nothing : nothingTold}</p>
      ) : (
        <DataTable
          caption={`${title} tasks`}
          columns={[
            { title: "Task", className: "w-[34%] max-md:w-auto" },
            { title: "Args", className: "max-md:hidden" },
            { title: "Queue", className: "w-28 max-lg:hidden" },
            { title: columns[0], className: kind === "scheduled" ? "w-28" : "w-20 max-lg:hidden" },
            {
              title: columns[1],
              className: classNames("w-28 text-right max-sm:w-24", kind === "scheduled" && "max-md:hidden"),
            },
            { title: "Action", className: "w-28", isTitleHidden: true },
          ]}
        >
          {shown.map((task) => (
            <HeldRow key={task.id} kind={kind} task={task} isRevoked={revoked.has(task.id)} action={action} />
          ))}
        </DataTable>
      )}
      {shown.length < tasks.length ? (
        <div className="border-t p-2 text-center">
          <Button variant="ghost" size="small" onClick={() => setWhole(true)}>
            Show all {formatCount(tasks.length)}
          </Button>
        </div>
      ) : null}
      {isWhole && isCut ? (
        <p className="border-t px-4 py-2 text-ink-muted text-xs">
          There are more; no more than these are listed.
        </p>
      ) : null}
    </Panel>
  );
}
