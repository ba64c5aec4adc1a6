import { FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";

/** The main process of a worker, and the machine that it runs on. */
export function SystemPanel({ worker }: { worker: WorkerDetail }) {
  const { usage } = worker;
  return (
    <Panel title="System">
      <FactList
        facts={[
          ["Celery", worker.softwareVersion],
          ["Process", worker.pid],
          ["Broker", worker.brokerConnection],
          [
            "Load",
            worker.loadAverage &&
              `${worker.loadAverage.map((load) => load.toFixed(2)).join(", ")} (1, 5, 15 min)`,
          ],
          ["Peak memory", worker.maxRssBytes === null ? null : formatBytes(worker.maxRssBytes)],
          ["Processed", worker.processed === null ? null : formatCount(worker.processed)],
          ...(usage === null ? [] : listUsage(usage)),
        ]}
      />
    </Panel>
  );
}

function listUsage(usage: NonNullable<WorkerDetail["usage"]>): [string, string | null][] {
  const { userSeconds, systemSeconds, majorPageFaults, voluntarySwitches, involuntarySwitches } = usage;
  return [
    [
      "CPU time",
      userSeconds === null || systemSeconds === null
        ? null
        : `${formatDuration(userSeconds)} user, ${formatDuration(systemSeconds)} system`,
    ],
    ["Page faults", majorPageFaults === null ? null : `${formatCount(majorPageFaults)} from disk`],
    [
      "Switches",
      voluntarySwitches === null || involuntarySwitches === null
        ? null
        : `${formatCount(voluntarySwitches)} voluntary, ${formatCount(involuntarySwitches)} not`,
    ],
  ];
}
