import { Minus, Plus, RefreshCw, Scale } from "lucide-react";
import { CommandAction } from "@/components/control/command-action";
import { CommandForm } from "@/components/control/command-form";
import { FactList } from "@/components/ui/fact-list";
import { Panel } from "@/components/ui/panel";
import type { WorkerPool } from "@/lib/api/schemas/worker-parts";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatCount, formatCounted } from "@/lib/format/count";
import { BusyMeter } from "./busy-meter";
import { describeTimeLimits } from "./describe-time-limits";
import { AutoscaleForm } from "./forms/autoscale-form";
import { PoolSizeForm } from "./forms/pool-size-form";
import { ProcessList } from "./process-list";

/** A worker's pool: how big and how busy it is, what each process does, and how to change its size. */
export function PoolPanel({ worker }: { worker: WorkerDetail }) {
  const { poolStats, held } = worker;
  return (
    <Panel
      title="Pool"
      actions={
        <>
          <CommandAction worker={worker} label="Grow" icon={Plus} title="Grow the pool">
            {(close) => <PoolSizeForm worker={worker} command="pool-grow" onClose={close} />}
          </CommandAction>
          <CommandAction worker={worker} label="Shrink" icon={Minus} title="Shrink the pool">
            {(close) => <PoolSizeForm worker={worker} command="pool-shrink" onClose={close} />}
          </CommandAction>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FactList
          facts={[
            [
              "Busy",
              <BusyMeter
                key="busy"
                active={worker.status === "online" ? held.active.tasks.length : null}
                concurrency={worker.concurrency}
              />,
            ],
            ["Kind", worker.pool],
            ["Prefetch", describePrefetch(worker)],
            ...(poolStats === null ? [] : listPoolFacts(poolStats)),
          ]}
        />
        {poolStats?.processes ? <ProcessList pids={poolStats.processes} active={held.active.tasks} /> : null}
        <PoolActions worker={worker} />
      </div>
    </Panel>
  );
}

/** What is done to a pool but rarely. */
function PoolActions({ worker }: { worker: WorkerDetail }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t pt-3">
      <CommandAction worker={worker} label="Autoscale" icon={Scale} title="Set the limits of autoscaling">
        {(close) => <AutoscaleForm worker={worker} onClose={close} />}
      </CommandAction>
      <CommandAction worker={worker} label="Restart" icon={RefreshCw} title="Restart the pool?">
        {(close) => (
          <CommandForm
            hostname={worker.hostname}
            command="pool-restart"
            body={{}}
            confirm="Restart the pool"
            isDangerous
            caution={
              worker.poolStats?.canRestart === false ? (
                <p className="text-ink-muted text-sm">
                  Its setting <code className="font-mono text-xs">worker_pool_restarts</code> is off, so it
                  will refuse.
                </p>
              ) : null
            }
            onClose={close}
          />
        )}
      </CommandAction>
    </div>
  );
}

function listPoolFacts(pool: WorkerPool): [string, string][] {
  const { autoscaler, maxTasksPerChild } = pool;
  return [
    ["Time limits", describeTimeLimits(pool) ?? "none"],
    [
      "Max tasks",
      maxTasksPerChild === null ? "no limit" : `${formatCount(maxTasksPerChild)}, then a process is replaced`,
    ],
    ...(autoscaler === null
      ? []
      : [
          ["Autoscale", `${autoscaler.current} now, from ${autoscaler.min} to ${autoscaler.max}`] as [
            string,
            string,
          ],
        ]),
  ];
}

/** How many messages it may hold, and why so many. */
function describePrefetch({ prefetchCount, poolStats, concurrency }: WorkerDetail): string | null {
  if (prefetchCount === null) return null;
  if (prefetchCount === 0) return "as many as there are";
  const multiplier = poolStats?.prefetchMultiplier ?? null;
  const most = `${formatCounted(prefetchCount, "task")} at most`;
  if (multiplier === null) return most;
  // Each task with an eta that it holds raises the count by one.
  const hasMore = concurrency !== null && prefetchCount > multiplier * concurrency;
  return `${most}: ${formatCount(multiplier)} a process${hasMore ? " and those with an eta" : ""}`;
}
