"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { SERIES_COLORS } from "@/components/charts/series";
import { TimeChart } from "@/components/charts/time-chart";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { queueHistoryQuery, queueListQuery } from "@/lib/api/queries/queues";
import type { Queue } from "@/lib/api/schemas/queues";
import { ChartFrame } from "./chart-frame";
import { joinHistories } from "./join-histories";
import type { OverviewRange } from "./overview-ranges";

/** Depth over time of the deepest queues. */
export function QueueDepthPanel({ range }: { range: OverviewRange }) {
  const list = useQuery(queueListQuery());
  const names = list.data === undefined ? [] : pickDeepest(list.data.items);
  const histories = useQueries({
    queries: names.map((name) => queueHistoryQuery(name, { minutes: range.minutes, points: range.points })),
  });
  const error = list.error ?? histories.find((history) => history.error !== null)?.error ?? null;
  const isLoaded = list.data !== undefined && histories.every((history) => history.data !== undefined);
  const points = joinHistories(
    names,
    histories.map((history) => history.data?.points ?? []),
  );
  return (
    <ChartFrame
      title="Queue depth"
      actions={
        list.data !== undefined && list.data.items.length > names.length ? (
          <Link href="/queues" className="rounded text-ink-muted hover:underline">
            the {names.length} deepest of {list.data.items.length}
          </Link>
        ) : null
      }
      query={{
        isPending: list.isPending,
        error,
        hasData: isLoaded,
        refetch: () => Promise.all([list.refetch(), ...histories.map((history) => history.refetch())]),
      }}
    >
      {names.length === 0 ? (
        <EmptyState icon={Layers} title="No queues yet">
          Queues appear when a worker consumes one, or when messages wait in one.
        </EmptyState>
      ) : (
        <TimeChart
          label={`Queue depth, ${range.label.toLowerCase()}`}
          kind="lines"
          series={names.map((name, index) => ({ key: name, label: name, color: SERIES_COLORS[index] ?? "" }))}
          points={points}
          spanMs={range.minutes * 60_000}
          isLastPartial={range.minutes > 60}
        />
      )}
    </ChartFrame>
  );
}

/** As many as there are colours; by name, so that a line keeps its colour while depths change. */
function pickDeepest(queues: readonly Queue[]): string[] {
  return queues
    .toSorted((a, b) => b.depth - a.depth)
    .slice(0, SERIES_COLORS.length)
    .map((queue) => queue.name)
    .toSorted();
}
