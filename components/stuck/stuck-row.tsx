"use client";

import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toTaskHref } from "@/lib/api/queries/task-params";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { StuckTask } from "@/lib/api/schemas/stuck";
import { formatWholeDuration } from "@/lib/format/duration";
import { formatShortId } from "@/lib/format/id";
import { StuckAction } from "./stuck-action";
import { STUCK_LOOKS } from "./stuck-look";

/** A stuck task: why, for how long, and what helps. On narrow screens one cell says it all. */
export function StuckRow({ task }: { task: StuckTask }) {
  const { id, name, worker, reason, detail, forSeconds } = task;
  const duration = forSeconds === null ? null : formatWholeDuration(forSeconds);
  return (
    <tr className={classNames(TABLE.row, "[&>td]:h-auto [&>td]:py-2 [&>td]:align-top")}>
      <td className={classNames(TABLE.cell, "max-md:hidden")}>
        <Pill {...STUCK_LOOKS[reason]} />
      </td>
      <td className={TABLE.cell}>
        <Link
          href={toTaskHref(id)}
          title={name ?? undefined}
          className="block truncate rounded font-medium underline-offset-2 hover:underline"
        >
          {name ?? "Task without a name"}
        </Link>
        <span title={id} className="block truncate font-mono text-ink-muted text-xs">
          {formatShortId(id)}
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-normal text-xs md:hidden">
          <Pill {...STUCK_LOOKS[reason]} />
          {duration === null ? null : <span className="tabular text-ink-muted">for {duration}</span>}
          <span className="break-words">{detail}</span>
        </span>
        {worker === null ? null : <WorkerLink hostname={worker} className="mt-1 block text-xs xl:hidden" />}
      </td>
      <td className={classNames(TABLE.cell, "whitespace-normal break-words max-md:hidden")}>{detail}</td>
      <td className={classNames(TABLE.cell, "max-xl:hidden")}>
        {worker === null ? (
          <span className="text-ink-faint">unknown</span>
        ) : (
          <WorkerLink hostname={worker} className="block" />
        )}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-md:hidden")}>{duration ?? "–"}</td>
      <td className={classNames(TABLE.cell, "text-right")}>
        <StuckAction task={task} />
      </td>
    </tr>
  );
}

function WorkerLink({ hostname, className }: { hostname: string; className: string }) {
  return (
    <Link
      href={toWorkerHref(hostname)}
      title={hostname}
      className={classNames("truncate rounded text-ink-muted underline-offset-2 hover:underline", className)}
    >
      {hostname}
    </Link>
  );
}
