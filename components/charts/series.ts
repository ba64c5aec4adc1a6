/** One line or stack of a chart. */
export interface Series {
  key: string;
  label: string;
  /** A CSS colour: a token such as `var(--color-red-solid)`. */
  color: string;
}

/** One moment: epoch ms and a value a series; null where nothing is known. */
export interface SeriesPoint {
  at: number;
  values: Readonly<Record<string, number | null>>;
}

/** Colours for series that have no state of their own, in order. */
export const SERIES_COLORS = [1, 2, 3, 4, 5, 6].map((number) => `var(--color-series-${number})`);
