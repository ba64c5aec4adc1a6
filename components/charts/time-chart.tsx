"use client";

import dynamic from "next/dynamic";
import { useZone } from "@/components/live/clock";
import { Skeleton } from "@/components/ui/skeleton";
import { ChartLegend } from "./chart-legend";
import type { Stretch } from "./mark-gaps";
import type { Series, SeriesPoint } from "./series";
import { summarizeSeries } from "./summarize";

// The chart library is larger than the rest of a page: it arrives after the numbers.
const Plot = dynamic(() => import("./time-plot").then((module) => module.TimePlot), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

export interface TimeChartProps {
  /** Read to screen readers: "Queue depth over the last hour". */
  label: string;
  series: readonly Series[];
  /** Ascending by time, at most 300. */
  points: readonly SeriesPoint[];
  kind: "lines" | "stack";
  /** How a value is written; a whole number, as counts are, unless said. */
  format?: (value: number) => string;
  /** How much time a line chart spans, back from its last point; without it, as much as there is data for. */
  spanMs?: number;
  /** Lines go on over points without a value: where nothing was measured, and not where nobody looked. */
  isSparse?: boolean;
  /** The last bucket is still filling: it is drawn dashed, or paler. */
  isLastPartial?: boolean;
  /** Times of which data is missing; they are hatched. */
  gaps?: readonly Stretch[];
  /** Dragging over the chart chooses a range, epoch ms. */
  onRange?: (from: number, to: number) => void;
  className?: string;
}

/** Values over time, with a legend and a summary in words. */
export function TimeChart({ className = "h-44", ...props }: TimeChartProps) {
  const zone = useZone();
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="sr-only">
        {props.label}. {zone === null ? null : summarizeSeries(props, zone)}
      </figcaption>
      <ChartLegend series={props.series} />
      <div aria-hidden className={className}>
        {zone === null ? null : <Plot {...props} zone={zone} />}
      </div>
    </figure>
  );
}
