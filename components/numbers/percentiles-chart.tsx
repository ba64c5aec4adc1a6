"use client";

import { TimeChart } from "@/components/charts/time-chart";
import type { NumbersHistory } from "@/lib/api/schemas/numbers";
import { formatDuration } from "@/lib/format/duration";
import type { DurationKey } from "@/lib/numbers/task-numbers";
import { NumbersFigure } from "./numbers-figure";

const SERIES = [
  { key: "p50", label: "p50", color: "var(--color-series-1)" },
  { key: "p95", label: "p95", color: "var(--color-series-2)" },
  { key: "p99", label: "p99", color: "var(--color-series-4)" },
];

interface PercentilesChartProps {
  title: string;
  /** Read to screen readers after the title: "of shop.tasks.pay, last hour". */
  of: string;
  duration: DurationKey;
  history: NumbersHistory;
  spanMs: number;
  /** What to say where nothing was measured. */
  children: React.ReactNode;
}

/** The percentiles of one kind of duration over time. */
export function PercentilesChart(props: PercentilesChartProps) {
  const { title, of, duration, history, spanMs, children } = props;
  const { count, p50, p95, p99 } = history.total[duration];
  const total = [
    ["p50", p50],
    ["p95", p95],
    ["p99", p99],
  ] as const;
  return (
    <NumbersFigure
      title={title}
      facts={total.flatMap(([label, seconds]) =>
        seconds === null ? [] : [[label, formatDuration(seconds)]],
      )}
    >
      {count === 0 ? (
        <p className="grid min-h-44 place-items-center px-6 text-center text-ink-muted text-sm">{children}</p>
      ) : (
        <TimeChart
          label={`${title} ${of}`}
          kind="lines"
          isSparse
          isLastPartial
          spanMs={spanMs}
          series={SERIES}
          format={formatDuration}
          points={history.points.map((point) => {
            const { p50: half, p95: most, p99: nearlyAll } = point[duration];
            return { at: Date.parse(point.at), values: { p50: half, p95: most, p99: nearlyAll } };
          })}
        />
      )}
    </NumbersFigure>
  );
}
