import type { OverviewRange } from "@/components/overview/overview-ranges";

/** How far back the charts of numbers look: whole minutes a point, or hours. */
export const NUMBERS_RANGES = [
  { value: "15m", label: "Last 15 minutes", minutes: 15, points: 16 },
  { value: "1h", label: "Last hour", minutes: 60, points: 61 },
  { value: "6h", label: "Last 6 hours", minutes: 360, points: 73 },
  { value: "24h", label: "Last 24 hours", minutes: 1440, points: 97 },
  { value: "7d", label: "Last 7 days", minutes: 10_080, points: 169 },
  { value: "30d", label: "Last 30 days", minutes: 43_200, points: 121 },
  { value: "90d", label: "Last 90 days", minutes: 129_600, points: 181 },
] as const satisfies OverviewRange[];
