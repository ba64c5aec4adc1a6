import { formatCompactCount } from "@/lib/format/count";
import { formatClock } from "@/lib/format/instant";
import type { Series, SeriesPoint } from "./series";

/** What a chart shows, in words, for those who can't see it: a sentence a series with its latest value and its peak. */
export function summarizeSeries(
  { series, points, format = formatCompactCount }: Plotted,
  zone: string,
): string {
  const last = points.at(-1);
  if (last === undefined) return "No data yet.";
  return series.map((one) => summarizeOne(one, points, { format, zone, now: last.at })).join(" ");
}

interface Plotted {
  series: readonly Series[];
  points: readonly SeriesPoint[];
  format?: (value: number) => string;
}

function summarizeOne(
  series: Series,
  points: readonly SeriesPoint[],
  { format, zone, now }: { format: (value: number) => string; zone: string; now: number },
) {
  let peak: { at: number; value: number } | null = null;
  let latest: number | null = null;
  for (const point of points) {
    const value = point.values[series.key] ?? null;
    if (value === null) continue;
    latest = value;
    if (peak === null || value > peak.value) peak = { at: point.at, value };
  }
  if (peak === null || latest === null) return `${series.label}: no data.`;
  return `${series.label}: now ${format(latest)}, at most ${format(peak.value)} at ${formatClock(peak.at, zone, now)}.`;
}
