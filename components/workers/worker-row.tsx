import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { TABLE } from "@/components/ui/table";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { Worker } from "@/lib/api/schemas/workers";
import { formatCount } from "@/lib/format/count";
import { BusyMeter } from "./busy-meter";
import type { WorkerSelection } from "./use-worker-selection";
import { WorkerMarks } from "./worker-marks";
import { WorkerStatusPill } from "./worker-status-pill";

interface WorkerRowProps {
  worker: Worker;
  selection: WorkerSelection;
}

/** A worker as its heartbeats and last answers tell. */
export function WorkerRow({ worker, selection }: WorkerRowProps) {
  const { hostname, marks } = worker;
  const isOnline = worker.status === "online";
  const isTicked = selection.has(hostname);
  return (
    <tr
      aria-selected={isTicked}
      className={classNames(
        TABLE.row,
        "max-sm:[&>td]:h-14",
        !isOnline && "text-ink-muted",
        isTicked && "bg-selected hover:bg-selected",
      )}
    >
      <td className={TABLE.cell}>
        <Checkbox
          label={`Select ${hostname}`}
          checked={isTicked}
          isDisabled={!isOnline}
          onChange={(checked) => selection.setMany([hostname], checked)}
        />
      </td>
      <td className={classNames(TABLE.cell, "max-sm:hidden")}>
        <WorkerStatusPill status={worker.status} />
      </td>
      <td className={TABLE.cell}>
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={toWorkerHref(hostname)}
            title={hostname}
            className="truncate rounded font-medium underline-offset-2 hover:underline"
          >
            {hostname}
          </Link>
          <span className="flex items-center gap-1.5 max-sm:hidden">
            <WorkerMarks marks={marks} />
            <EventsNote worker={worker} />
          </span>
        </span>
        <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-ink-muted text-xs sm:hidden">
          <WorkerStatusPill status={worker.status} />
          {marks.length === 0 ? (
            <Instant at={worker.lastHeartbeatAt} form="age" />
          ) : (
            <WorkerMarks marks={marks} />
          )}
        </span>
      </td>
      <td className={TABLE.cell}>
        <BusyMeter active={isOnline ? worker.active : null} concurrency={worker.concurrency} />
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-lg:hidden")}>
        {worker.prefetchCount === null ? "–" : formatCount(worker.prefetchCount)}
      </td>
      <td className={classNames(TABLE.cell, "pl-6 max-lg:hidden")} title={worker.queues?.join(", ")}>
        {worker.queues?.join(", ") ?? <span className="text-ink-faint">unknown</span>}
      </td>
      <td className={classNames(TABLE.cell, "tabular text-ink-muted max-xl:hidden")}>
        {worker.loadAverage?.map((load) => load.toFixed(2)).join(" ") ?? "–"}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-xl:hidden")}>
        {worker.processed === null ? "–" : formatCount(worker.processed)}
      </td>
      <td className={classNames(TABLE.cell, "pl-6 text-ink-muted max-xl:hidden")}>
        {worker.softwareVersion ?? "–"}
      </td>
      <td className={classNames(TABLE.cell, "text-right text-ink-muted max-md:hidden")}>
        <Instant at={worker.lastHeartbeatAt} form="age" />
      </td>
    </tr>
  );
}

function EventsNote({ worker }: { worker: Worker }) {
  return worker.taskEvents === false ? (
    <span className="shrink-0 text-amber text-xs">sends no task events</span>
  ) : null;
}
