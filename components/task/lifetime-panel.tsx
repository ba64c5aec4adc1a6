"use client";

import { useNow } from "@/components/live/clock";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { formatDuration } from "@/lib/format/duration";
import { listPhases, type PhaseKey } from "./lifetime";

const COLORS: Record<PhaseKey, string> = {
  queue: "var(--color-series-4)",
  worker: "var(--color-series-2)",
  running: "var(--color-series-1)",
};

/** Where the time went: in the queue, in the worker, running. */
export function LifetimePanel({ task }: { task: TaskDetail }) {
  const now = useNow();
  const phases = now === null ? [] : listPhases(task, now);
  if (phases.length === 0) return null;
  const total = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  return (
    <Panel
      title="Lifetime"
      actions={<span className="tabular text-ink-muted">{formatDuration(total)} in all</span>}
    >
      <div aria-hidden className="flex h-3 gap-0.5">
        {phases.map((phase) => (
          <span
            key={phase.key}
            className={classNames(
              "min-w-1.5 first:rounded-l-full last:rounded-r-full",
              phase.isOpen && "animate-pulse-soft",
            )}
            style={{ flexGrow: phase.seconds / (total || 1), flexBasis: 0, background: COLORS[phase.key] }}
          />
        ))}
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {phases.map((phase) => (
          <div key={phase.key} className="flex items-center gap-2">
            <span aria-hidden className="size-2 rounded-xs" style={{ background: COLORS[phase.key] }} />
            <dt className="text-ink-muted">{phase.label}</dt>
            <dd className="tabular font-medium">
              {formatDuration(phase.seconds)}
              {phase.isOpen ? " so far" : ""}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
