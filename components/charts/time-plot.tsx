"use client";

import { useId, useState } from "react";
import {
  Area,
  Bar,
  CartesianGrid,
  Cell,
  ComposedChart,
  type DotItemDotProps,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCompactCount } from "@/lib/format/count";
import { formatInstant } from "@/lib/format/instant";
import { markGaps } from "./mark-gaps";
import { findLonePoints, type PlotRow, splitPartial } from "./plot-rows";
import { PlotTooltip } from "./plot-tooltip";
import { findRoundBuckets, listRoundTicks } from "./round-ticks";
import type { TimeChartProps } from "./time-chart";

const AXIS = { stroke: "var(--color-ink-faint)", fontSize: 11, tickLine: false, axisLine: false } as const;

/** From this on a tick names the day, too. */
const LONG_MS = 2 * 86_400_000;

/** The drawing of a time chart; loaded lazily, because recharts is large. */
export function TimePlot(props: TimeChartProps & { zone: string }) {
  const {
    series,
    points,
    kind,
    format,
    spanMs,
    isLastPartial = false,
    isSparse = false,
    onRange,
    zone,
    gaps = [],
  } = props;
  const rows = splitPartial(series, points, isLastPartial && kind === "lines");
  const lastAt = points.at(-1)?.at;
  // A collector that has just begun has a minute of an hour: the hour is shown, empty where nobody looked.
  const firstAt = spanMs === undefined || lastAt === undefined ? "dataMin" : lastAt - spanMs;
  const shownMs = spanMs ?? (lastAt ?? 0) - (points[0]?.at ?? 0);
  const ticks = findTicks(props, shownMs);
  const drag = useRangeDrag(onRange);
  const hatch = useId();
  const missing = markGaps(
    gaps,
    rows.map((row) => row.at),
  );
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 176 }}>
      <ComposedChart
        data={rows}
        margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="10%"
        accessibilityLayer={false}
        className={onRange === undefined ? undefined : "cursor-crosshair select-none"}
        {...drag.handlers}
      >
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" fill="var(--color-amber-soft)" fillOpacity={0.5} />
            <line y2="6" stroke="var(--color-amber-solid)" strokeWidth="1.5" />
          </pattern>
        </defs>
        {missing.map(({ from, to }) => (
          <ReferenceArea
            key={from}
            x1={from}
            x2={to}
            fill={`url(#${hatch})`}
            fillOpacity={0.6}
            ifOverflow="hidden"
          />
        ))}
        <CartesianGrid stroke="var(--color-line)" vertical={false} />
        <XAxis
          {...AXIS}
          dataKey="at"
          type={kind === "lines" ? "number" : "category"}
          domain={[firstAt, "dataMax"]}
          tickFormatter={(at: number) => formatTick(ticks.get(at) ?? at, zone, shownMs)}
          ticks={[...ticks.keys()]}
          interval="preserveStart"
          minTickGap={20}
          height={20}
        />
        <YAxis
          {...AXIS}
          width={format === undefined ? 40 : 52}
          tickFormatter={format ?? formatCompactCount}
          allowDecimals={format !== undefined}
          tickCount={4}
        />
        <Tooltip
          content={<PlotTooltip series={series} format={format} zone={zone} />}
          cursor={{ stroke: "var(--color-line-strong)", fill: "var(--color-hover)" }}
          isAnimationActive={false}
        />
        {kind === "stack"
          ? stackedBars(series, rows, isLastPartial)
          : lines(series, rows, { hasPartial: isLastPartial, isSparse })}
        {drag.range === null ? null : (
          <ReferenceArea x1={drag.range[0]} x2={drag.range[1]} fill="var(--color-focus)" fillOpacity={0.15} />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Where the axis has ticks, and the time that each is about. */
function findTicks({ kind, points }: TimeChartProps, shownMs: number): ReadonlyMap<number, number> {
  if (kind === "stack") return findRoundBuckets(points.map(({ at }) => at));
  const lastAt = points.at(-1)?.at;
  if (lastAt === undefined) return new Map();
  return new Map(listRoundTicks(lastAt - shownMs, lastAt).map((at) => [at, at]));
}

/** The time of a tick: of the clock, or its day where days are shown, with the time unless that is midnight. */
function formatTick(at: number, zone: string, shownMs: number): string {
  const text = formatInstant(at, zone);
  const [day, clock] = [text.slice(5, 10), text.slice(11, 16)];
  if (shownMs <= LONG_MS) return clock;
  return clock === "00:00" ? day : `${day} ${clock}`;
}

interface LineOptions {
  hasPartial: boolean;
  isSparse: boolean;
}

function lines(
  series: TimeChartProps["series"],
  rows: readonly PlotRow[],
  { hasPartial, isSparse }: LineOptions,
) {
  const common = (key: string, color: string) =>
    ({
      ...{ dataKey: key, stroke: color, strokeWidth: 1.5, isAnimationActive: false, connectNulls: isSparse },
      // A curve over a gap would rise and fall where nothing is known.
      type: isSparse ? "linear" : "monotone",
      dot: dotsOf(findLonePoints(rows, key, isSparse)),
    }) as const;
  return series.flatMap(({ key, color }) => [
    <Area key={key} {...common(key, color)} fill={color} fillOpacity={0.07} />,
    hasPartial ? (
      <Line key={`${key}:partial`} {...common(`${key}:partial`, color)} strokeDasharray="3 3" />
    ) : null,
  ]);
}

function dotsOf(indices: ReadonlySet<number>) {
  if (indices.size === 0) return false;
  return ({ index, cx, cy, stroke }: DotItemDotProps) =>
    indices.has(index) ? <circle cx={cx} cy={cy} r={2} fill={stroke} /> : null;
}

function stackedBars(series: TimeChartProps["series"], rows: readonly PlotRow[], hasPartial: boolean) {
  return series.map((one) => (
    <Bar key={one.key} dataKey={one.key} stackId="all" fill={one.color} isAnimationActive={false}>
      {rows.map((row, index) => {
        const isPartial = hasPartial && index === rows.length - 1;
        return (
          <Cell
            key={row.at}
            fillOpacity={isPartial ? 0.3 : 1}
            stroke={isPartial ? one.color : undefined}
            strokeDasharray={isPartial ? "2 2" : undefined}
          />
        );
      })}
    </Bar>
  ));
}

interface DragEvent {
  activeLabel?: string | number | undefined;
}

/** Follows a drag over the chart; a click without a move is none. */
function useRangeDrag(onRange: TimeChartProps["onRange"]) {
  const [range, setRange] = useState<[number, number] | null>(null);
  if (onRange === undefined) return { range: null, handlers: {} };
  return {
    range,
    handlers: {
      onMouseDown: ({ activeLabel }: DragEvent) => {
        if (activeLabel !== undefined) setRange([Number(activeLabel), Number(activeLabel)]);
      },
      onMouseMove: ({ activeLabel }: DragEvent) => {
        if (range !== null && activeLabel !== undefined) setRange([range[0], Number(activeLabel)]);
      },
      onMouseUp: () => {
        if (range !== null && range[0] !== range[1]) onRange(Math.min(...range), Math.max(...range));
        setRange(null);
      },
      onMouseLeave: () => setRange(null),
    },
  };
}
