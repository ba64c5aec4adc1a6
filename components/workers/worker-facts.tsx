import type { ReactNode } from "react";
import { Panel } from "@/components/ui/panel";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { BusyMeter } from "./busy-meter";

/** What a worker is and how busy it is. */
export function WorkerFacts({ worker }: { worker: WorkerDetail }) {
  const facts: [label: string, value: ReactNode][] = [
    ["Busy", <BusyMeter key="busy" active={worker.activeCount} concurrency={worker.concurrency} />],
    ["Processed", worker.processed === null ? null : formatCount(worker.processed)],
    ["Queues", worker.queues?.join(", ")],
    ["Pool", worker.pool],
    ["Prefetch", worker.prefetchCount],
    ["Celery", worker.softwareVersion],
    ["Process", worker.pid],
    ["Peak memory", worker.maxRssBytes === null ? null : formatBytes(worker.maxRssBytes)],
    ["Load", worker.loadAverage?.map((load) => load.toFixed(2)).join(" ")],
    ["Task events", worker.taskEvents === null ? null : worker.taskEvents ? "on" : "off"],
  ];
  return (
    <Panel title="Facts">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="tabular break-words">
              {value ?? <span className="text-ink-faint">unknown</span>}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
