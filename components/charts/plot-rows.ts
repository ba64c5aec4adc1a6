import type { Series, SeriesPoint } from "./series";

/** A point flattened for the chart library: the time, and a number a key. */
export interface PlotRow {
  at: number;
  [key: string]: number | null;
}

/**
 * Rows of a line chart. With `isLastPartial` the last segment moves to `<key>:partial`, so that it can be dashed:
 * the whole line ends one point earlier, and the partial one starts there.
 */
export function splitPartial(
  series: readonly Series[],
  points: readonly SeriesPoint[],
  isLastPartial: boolean,
): PlotRow[] {
  const last = points.length - 1;
  return points.map((point, index) => {
    const row: PlotRow = { at: point.at };
    for (const { key } of series) {
      const value = point.values[key] ?? null;
      row[key] = isLastPartial && index === last ? null : value;
      if (isLastPartial) row[`${key}:partial`] = index >= last - 1 ? value : null;
    }
    return row;
  });
}
