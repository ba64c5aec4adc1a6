"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLiveState } from "@/components/live/live-provider";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { healthQuery } from "@/lib/api/queries/health";
import { statsQuery } from "@/lib/api/queries/stats";
import { toTasksHref } from "@/lib/api/queries/task-params";
import type { Stats } from "@/lib/api/schemas/live";
import { formatCount } from "@/lib/format/count";
import { formatRate } from "@/lib/format/rate";
import { RunningRetry } from "./running-retry";

/** The counts that every page carries, a second old at most; dimmed when they are older. */
export function CountStrip() {
  const { data, dataUpdatedAt } = useQuery(statsQuery());
  const { data: health } = useQuery(healthQuery());
  const { status } = useLiveState();
  const isCounting = health === undefined || health.collector.active;
  // What was never counted is unknown: zero workers would be an alarm.
  const stats = isCounting || health.collector.lastEventAt !== null ? data : undefined;
  return (
    <nav
      aria-label="Counts"
      className={classNames(
        "scrollbar-none flex h-(--strip-height) items-center gap-5 overflow-x-auto border-b bg-canvas px-3 text-sm sm:px-6",
        (status === "stale" || !isCounting) && "opacity-60",
      )}
    >
      <RunningRetry batches={data?.batches ?? []} seenAt={dataUpdatedAt} />
      <Count href="/queues" label="waiting" value={stats && formatCount(countWaiting(stats))} />
      <Count
        href={toTasksHref({ source: "events", state: ["STARTED"] })}
        label="running"
        value={stats && formatCount(stats.active)}
      />
      <Count
        href={toTasksHref({ state: ["FAILURE"] })}
        label="failed in the last hour"
        value={stats && formatCount(stats.failedLastHour)}
        alarming={stats !== undefined && stats.failedLastHour > 0}
      />
      <Count
        href="/workers"
        label={stats?.workersOnline === 1 ? "worker online" : "workers online"}
        value={stats && formatCount(stats.workersOnline)}
        alarming={stats?.workersOnline === 0}
      />
      <Count href="/" label="events" value={stats && formatRate(stats.eventsPerSecond)} />
    </nav>
  );
}

interface CountProps {
  href: string;
  label: string;
  value: ReactNode | undefined;
  /** A number that a person should look at. */
  alarming?: boolean;
}

function Count({ href, label, value, alarming = false }: CountProps) {
  return (
    <Link href={href} className="group flex shrink-0 items-baseline gap-1.5 rounded">
      <span className={classNames("tabular font-semibold", alarming && "text-red")}>{value ?? "–"}</span>
      <span className="text-ink-muted group-hover:text-ink group-hover:underline">{label}</span>
    </Link>
  );
}

function countWaiting(stats: Stats): number {
  return Object.values(stats.queues).reduce((sum, depth) => sum + depth, 0);
}
