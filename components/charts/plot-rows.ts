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
      const isJoin = index === last - 1 && points[last]?.values[key] != null;
      if (isLastPartial) row[`${key}:partial`] = isJoin || index === last ? value : null;
    }
    return row;
  });
}

/**
 * Indices of the values that a line alone would not show: those without a neighbour or, where the line goes on over points without a
 * value (`isSparse`), the only one.
 */
export function findLonePoints(
  rows: readonly PlotRow[],
  key: string,
  isSparse: boolean,
): ReadonlySet<number> {
  const known = rows.flatMap((row, index) => (row[key] == null ? [] : [index]));
  if (isSparse) return new Set(known.length === 1 ? known : []);
  return new Set(known.filter((index, n) => known[n - 1] !== index - 1 && known[n + 1] !== index + 1));
}
