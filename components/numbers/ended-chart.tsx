"use client";

import { useRouter } from "next/navigation";
import { TimeChart } from "@/components/charts/time-chart";
import { toTasksHref } from "@/lib/api/queries/task-params";
import type { NumbersHistory } from "@/lib/api/schemas/numbers";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import { formatCount } from "@/lib/format/count";
import { NumbersFigure } from "./numbers-figure";

const SERIES = [
  { key: "failed", label: "failed", color: "var(--color-red-solid)" },
  { key: "retried", label: "retried", color: "var(--color-amber-solid)" },
  { key: "succeeded", label: "succeeded", color: "var(--color-green-solid)" },
];

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
  const { total, points, stepSeconds } = history;
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
        series={SERIES}
        points={points.map(({ at, succeeded, failed, retried }) => ({
          at: Date.parse(at),
          values: { succeeded, failed, retried },
        }))}
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
