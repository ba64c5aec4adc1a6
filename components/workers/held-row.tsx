import { Ban, CornerDownLeft } from "lucide-react";
import { CommandButton } from "@/components/control/command-button";
import { classNames } from "@/components/ui/class-names";
import { Elapsed } from "@/components/ui/elapsed";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { HeldTask } from "@/lib/api/schemas/worker-parts";
import type { HeldAction, HeldKind } from "./held-panel";

interface HeldRowProps {
  kind: HeldKind;
  task: HeldTask;
  /** It is dropped when its turn comes. */
  isRevoked: boolean;
  action: HeldAction;
}

/** A task that a worker holds, and what can be done about it. */
export function HeldRow({ kind, task, isRevoked, action }: HeldRowProps) {
  const args = describeArgs(task);
  return (
    <tr className={classNames(TABLE.row, "max-md:[&>td]:h-14")}>
      <td className={TABLE.cell}>
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={toTaskHref(task.id)}
            title={task.id}
            className="truncate rounded font-medium underline-offset-2 hover:underline"
          >
            {task.name ?? task.id}
          </Link>
          {task.redelivered ? (
            <span title="It was given to a worker before, which did not finish it">
              <Pill tone="amber" icon={CornerDownLeft} label="Redelivered" />
            </span>
          ) : null}
          {isRevoked ? (
            <span title="It is dropped when its turn comes">
              <Pill tone="gray" icon={Ban} label="Revoked" />
            </span>
          ) : null}
        </span>
        <span className="block truncate font-mono text-ink-muted text-xs md:hidden">{args}</span>
      </td>
      <td className={classNames(TABLE.cell, "font-mono text-ink-muted text-xs max-md:hidden")} title={args}>
        {args}
      </td>
      <td className={classNames(TABLE.cell, "max-lg:hidden")}>{task.queue ?? <Unknown />}</td>
      <td
        className={classNames(TABLE.cell, "tabular text-ink-muted", kind !== "scheduled" && "max-lg:hidden")}
      >
        {kind === "active" ? (task.pid ?? <Unknown />) : null}
        {kind === "reserved" ? (task.priority ?? <Unknown />) : null}
        {kind === "scheduled" ? <Instant at={task.eta} form="age" /> : null}
      </td>
      <td
        className={classNames(
          TABLE.cell,
          "text-right text-ink-muted",
          kind === "scheduled" && "max-md:hidden",
        )}
      >
        <Elapsed since={task.sinceAt} />
      </td>
      <td className={classNames(TABLE.cell, "overflow-visible text-right")}>
        <CommandButton
          obstacle={isRevoked && kind !== "active" ? "It is revoked already" : action.obstacle}
          variant="ghost"
          aria-label={`${action.label} ${task.name ?? "task"} ${task.id}`}
          onClick={() => action.onPress(task)}
        >
          {action.label}
        </CommandButton>
      </td>
    </tr>
  );
}

function describeArgs({ args, kwargs }: HeldTask): string | undefined {
  const parts = [args, kwargs === "{}" ? null : kwargs].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(" ");
}

function Unknown() {
  return <span className="text-ink-faint">–</span>;
}
