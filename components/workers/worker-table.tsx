import { Checkbox } from "@/components/ui/checkbox";
import { DataTable } from "@/components/ui/data-table";
import type { Worker } from "@/lib/api/schemas/workers";
import type { WorkerSelection } from "./use-worker-selection";
import { WorkerRow } from "./worker-row";

const COLUMNS = [
  { title: "Status", className: "w-26 max-sm:hidden" },
  { title: "Worker" },
  { title: "Busy", className: "w-44 max-sm:w-20" },
  { title: "Prefetch", className: "w-20 text-right max-lg:hidden" },
  { title: "Queues", className: "w-52 pl-6 max-lg:hidden" },
  { title: "Load", className: "w-32 max-xl:hidden" },
  { title: "Processed", className: "w-24 text-right max-xl:hidden" },
  { title: "Celery", className: "w-20 pl-6 max-xl:hidden" },
  { title: "Heartbeat", className: "w-28 text-right max-md:hidden" },
] as const;

interface WorkerTableProps {
  workers: readonly Worker[];
  selection: WorkerSelection;
}

/** A row a worker; nothing can be told to those that are offline, so they can't be ticked. */
export function WorkerTable({ workers, selection }: WorkerTableProps) {
  const online = workers.filter(({ status }) => status === "online").map(({ hostname }) => hostname);
  const ticked = online.filter(selection.has).length;
  return (
    <DataTable
      caption="Workers"
      columns={COLUMNS}
      leading={
        <Checkbox
          label="Select all workers that are online"
          checked={ticked > 0 && ticked === online.length}
          indeterminate={ticked > 0 && ticked < online.length}
          isDisabled={online.length === 0}
          onChange={(checked) => selection.setMany(online, checked)}
        />
      }
    >
      {workers.map((worker) => (
        <WorkerRow key={worker.hostname} worker={worker} selection={selection} />
      ))}
    </DataTable>
  );
}
