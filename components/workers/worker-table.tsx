import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { TABLE } from "@/components/ui/table";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { Worker } from "@/lib/api/schemas/workers";
import { formatCount } from "@/lib/format/count";
import { BusyMeter } from "./busy-meter";
import { WorkerStatusPill } from "./worker-status-pill";

const COLUMNS = [
  { title: "Status", className: "w-26" },
  { title: "Worker", className: "" },
  { title: "Busy", className: "w-44 max-sm:w-20" },
  { title: "Processed", className: "w-28 text-right max-md:hidden" },
  { title: "Queues", className: "w-56 pl-6 max-lg:hidden" },
  { title: "Load", className: "w-36 max-xl:hidden" },
  { title: "Celery", className: "w-20 max-xl:hidden" },
  { title: "Heartbeat", className: "w-28 text-right max-sm:hidden" },
] as const;

/** A row a worker. */
export function WorkerTable({ workers }: { workers: readonly Worker[] }) {
  return (
    <table className={classNames(TABLE.table, "table-fixed [&_tbody>tr:last-child>td]:border-b-0")}>
      <caption className="sr-only">Workers</caption>
      <thead>
        <tr>
          {COLUMNS.map(({ title, className }) => (
            <th key={title} scope="col" className={classNames(TABLE.head, className)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <WorkerRow key={worker.hostname} worker={worker} />
        ))}
      </tbody>
    </table>
  );
}

function WorkerRow({ worker }: { worker: Worker }) {
  return (
    <tr className={classNames(TABLE.row, worker.status === "offline" && "text-ink-muted")}>
      <td className={TABLE.cell}>
        <WorkerStatusPill status={worker.status} />
      </td>
      <td className={TABLE.cell}>
        <Link
          href={toWorkerHref(worker.hostname)}
          className="rounded font-medium underline-offset-2 hover:underline"
        >
          {worker.hostname}
        </Link>
        {worker.taskEvents === false ? (
          <span className="ml-2 text-amber text-xs">sends no task events</span>
        ) : null}
      </td>
      <td className={TABLE.cell}>
        <BusyMeter
          active={worker.status === "online" ? worker.active : null}
          concurrency={worker.concurrency}
        />
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-md:hidden")}>
        {worker.processed === null ? "–" : formatCount(worker.processed)}
      </td>
      <td className={classNames(TABLE.cell, "pl-6 max-lg:hidden")} title={worker.queues?.join(", ")}>
        {worker.queues?.join(", ") ?? <span className="text-ink-faint">unknown</span>}
      </td>
      <td className={classNames(TABLE.cell, "tabular text-ink-muted max-xl:hidden")}>
        {worker.loadAverage?.map((load) => load.toFixed(2)).join(" ") ?? "–"}
      </td>
      <td className={classNames(TABLE.cell, "text-ink-muted max-xl:hidden")}>
        {worker.softwareVersion ?? "–"}
      </td>
      <td className={classNames(TABLE.cell, "text-right text-ink-muted max-sm:hidden")}>
        <Instant at={worker.lastHeartbeatAt} form="age" />
      </td>
    </tr>
  );
}
