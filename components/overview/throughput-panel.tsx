"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ENDED_SERIES } from "@/components/charts/ended-series";
import { TimeChart } from "@/components/charts/time-chart";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { throughputQuery } from "@/lib/api/queries/throughput";
import { formatCount } from "@/lib/format/count";
import { ChartFrame } from "./chart-frame";
import { EventGaps } from "./event-gaps";
import type { OverviewRange } from "./overview-ranges";

/** Finished tasks over time; dragging over it opens the tasks of that stretch. */
export function ThroughputPanel({ range }: { range: OverviewRange }) {
  const router = useRouter();
  const { data, isPending, error, refetch } = useQuery(throughputQuery(range.minutes, range.points));
  const points = data?.points.map(({ at, ...values }) => ({ at: Date.parse(at), values })) ?? [];
  const failed = data?.points.reduce((sum, point) => sum + point.failed, 0) ?? 0;
  const bucketMs = (data?.bucketSeconds ?? 0) * 1000;
  return (
    <ChartFrame
      title="Finished tasks"
      actions={
        data === undefined ? null : <span className="text-ink-muted">{formatCount(failed)} failed</span>
      }
      query={{ isPending, error, refetch, hasData: data !== undefined }}
    >
      <TimeChart
        label={`Finished tasks, ${range.label.toLowerCase()}`}
        kind="stack"
        series={ENDED_SERIES}
        points={points}
        isLastPartial
        gaps={data?.gaps.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))}
        onRange={(from, to) =>
          router.push(
            toTasksHref({ from: new Date(from).toISOString(), to: new Date(to + bucketMs).toISOString() }),
          )
        }
      />
      <EventGaps gaps={data?.gaps ?? []} />
    </ChartFrame>
  );
}
