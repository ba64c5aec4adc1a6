"use client";

import { useRouter } from "next/navigation";
import { ENDED_SERIES } from "@/components/charts/ended-series";
import type { SeriesPoint } from "@/components/charts/series";
import { TimeChart } from "@/components/charts/time-chart";
import { toTasksHref } from "@/lib/api/queries/task-params";
import type { NumbersHistory } from "@/lib/api/schemas/numbers";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import { formatCount } from "@/lib/format/count";
import { NumbersFigure } from "./numbers-figure";

interface EndedChartProps {
  /** Read to screen readers: "of shop.tasks.pay, last hour". */
  of: string;
  history: NumbersHistory;
  /** Selects these tasks: dragging over the chart opens those of that stretch. */
  filter: TaskFilter;
}

/** How many tasks ended over time, and how. */
export function EndedChart({ of, history, filter }: EndedChartProps) {
  const router = useRouter();
  const { total, stepSeconds } = history;
  return (
    <NumbersFigure
      title="Finished tasks"
      facts={[
        ["succeeded", formatCount(total.succeeded)],
        ["failed", formatCount(total.failed)],
        ["retried", formatCount(total.retried)],
      ]}
    >
      <TimeChart
        label={`Finished tasks ${of}`}
        kind="stack"
        isLastPartial
        series={ENDED_SERIES}
        points={toWholeRange(history)}
        onRange={(from, to) =>
          router.push(
            toTasksHref({
              ...filter,
              from: new Date(from).toISOString(),
              to: new Date(to + stepSeconds * 1000).toISOString(),
            }),
          )
        }
      />
    </NumbersFigure>
  );
}

const NOTHING = { succeeded: null, failed: null, retried: null };

/** The points after empty ones for the time before there were any: bars have no axis of time that would show it. */
function toWholeRange({ from, points, stepSeconds }: NumbersHistory): SeriesPoint[] {
  const known = points.map(({ at, succeeded, failed, retried }) => ({
    at: Date.parse(at),
    values: { succeeded, failed, retried },
  }));
  const first = known[0]?.at;
  if (first === undefined) return [];
  const missing = Math.round((first - Date.parse(from)) / (stepSeconds * 1000));
  const empty = Array.from({ length: missing }, (_, index) => ({
    at: first - (missing - index) * stepSeconds * 1000,
    values: NOTHING,
  }));
  return [...empty, ...known];
}
