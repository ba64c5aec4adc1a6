"use client";

import { Gauge, Timer } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "@/components/control/command-button";
import { useObstacle } from "@/components/control/use-obstacle";
import { useHold } from "@/components/live/pause-provider";
import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Dialog } from "@/components/ui/dialog";
import { FindField } from "@/components/ui/find-field";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { ScrollArea } from "@/components/ui/scroll-area";
import { TABLE } from "@/components/ui/table";
import { toTypeHref } from "@/lib/api/queries/task-types";
import type { RegisteredTask } from "@/lib/api/schemas/worker-parts";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatCount } from "@/lib/format/count";
import { describeTimeLimits } from "./describe-time-limits";
import { RateLimitForm } from "./forms/rate-limit-form";
import { TimeLimitForm } from "./forms/time-limit-form";

interface LimitChoice {
  task: RegisteredTask;
  kind: "rate" | "time";
}

/** The tasks that a worker knows, with the limits that they have there. */
export function RegisteredPanel({ worker }: { worker: WorkerDetail }) {
  const [text, setText] = useState("");
  const [choice, setChoice] = useState<LimitChoice | null>(null);
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle(worker);
  useHold(isOpen, "a dialog is open");
  const { registered, registeredTasks } = worker;
  const tasks = registeredTasks ?? registered?.map(withoutLimits) ?? null;
  if (tasks === null) return null;
  const found = tasks.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  const choose = (kind: LimitChoice["kind"]) => (task: RegisteredTask) => {
    setChoice({ task, kind });
    setOpen(true);
  };
  return (
    <Panel
      title={
        <>
          Registered tasks{" "}
          <span className="tabular font-normal text-ink-muted">{formatCount(tasks.length)}</span>
        </>
      }
      actions={<FindField label="Find a task" value={text} onChange={setText} />}
      flush
    >
      <ScrollArea label="Tasks and limits" className="max-h-112">
        <DataTable
          caption="Registered tasks"
          columns={[
            { title: "Task" },
            { title: "Rate limit", className: "w-28 max-sm:w-22" },
            { title: "Time limits", className: "w-48 max-md:hidden" },
            { title: "Actions", className: "w-24 max-sm:w-22", isTitleHidden: true },
          ]}
          className="[&_th]:sticky [&_th]:top-0 [&_th]:z-1"
        >
          {found.map((task) => (
            <TaskRow
              key={task.name}
              task={task}
              isLimitKnown={registeredTasks !== null}
              obstacle={obstacle}
              onRate={choose("rate")}
              onTime={choose("time")}
            />
          ))}
        </DataTable>
        {found.length === 0 ? (
          <p className="px-4 py-3 text-ink-muted text-sm">No task of that name.</p>
        ) : null}
      </ScrollArea>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={choice?.kind === "rate" ? "Rate limit" : "Time limits"}
        description={
          <span className="break-all">
            of {choice?.task.name} in {worker.hostname}
          </span>
        }
      >
        {choice === null ? null : choice.kind === "rate" ? (
          <RateLimitForm hostname={worker.hostname} task={choice.task} onClose={() => setOpen(false)} />
        ) : (
          <TimeLimitForm hostname={worker.hostname} task={choice.task} onClose={() => setOpen(false)} />
        )}
      </Dialog>
    </Panel>
  );
}

interface TaskRowProps {
  task: RegisteredTask;
  isLimitKnown: boolean;
  obstacle: string | null;
  onRate: (task: RegisteredTask) => void;
  onTime: (task: RegisteredTask) => void;
}

function TaskRow({ task, isLimitKnown, obstacle, onRate, onTime }: TaskRowProps) {
  const none = <span className="text-ink-faint">{isLimitKnown ? "none" : "unknown"}</span>;
  return (
    <tr className={TABLE.row}>
      <td className={TABLE.cell} title={task.name}>
        <Link href={toTypeHref(task.name)} className="rounded underline-offset-2 hover:underline">
          {task.name}
        </Link>
      </td>
      <td className={classNames(TABLE.cell, "tabular")}>{task.rateLimit ?? none}</td>
      <td className={classNames(TABLE.cell, "tabular max-md:hidden")}>{describeTimeLimits(task) ?? none}</td>
      <td className={classNames(TABLE.cell, "text-right")}>
        <CommandButton
          obstacle={obstacle}
          variant="ghost"
          size="small-icon"
          title="Change the rate limit"
          aria-label={`Change the rate limit of ${task.name}`}
          onClick={() => onRate(task)}
        >
          <Gauge className="size-3.5" aria-hidden />
        </CommandButton>
        <CommandButton
          obstacle={obstacle}
          variant="ghost"
          size="small-icon"
          title="Change the time limits"
          aria-label={`Change the time limits of ${task.name}`}
          onClick={() => onTime(task)}
        >
          <Timer className="size-3.5" aria-hidden />
        </CommandButton>
      </td>
    </tr>
  );
}

/** What it knew when it last answered. */
function withoutLimits(name: string): RegisteredTask {
  return { name, rateLimit: null, softTimeLimit: null, timeLimit: null };
}
