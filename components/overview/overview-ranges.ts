export interface OverviewRange {
  value: string;
  label: string;
  minutes: number;
  /** Samples asked for: a whole number of seconds each. */
  points: number;
}

/** How far back the charts look. */
export const OVERVIEW_RANGES = [
  { value: "15m", label: "Last 15 minutes", minutes: 15, points: 90 },
  { value: "1h", label: "Last hour", minutes: 60, points: 120 },
  { value: "6h", label: "Last 6 hours", minutes: 360, points: 120 },
  { value: "24h", label: "Last 24 hours", minutes: 1440, points: 144 },
  { value: "7d", label: "Last 7 days", minutes: 10_080, points: 168 },
] as const satisfies OverviewRange[];
