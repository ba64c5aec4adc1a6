import { startOfLocalDay } from "@/lib/format/local-time";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface DatePreset {
  label: string;
  /** Half-open range in epoch ms; no `to` goes on into the future. */
  range: (now: number) => { from: number; to?: number };
}

/** Ranges that people ask for after an outage. */
export const DATE_PRESETS: readonly DatePreset[] = [
  { label: "Last 15 minutes", range: (now) => ({ from: now - 15 * MINUTE_MS }) },
  { label: "Last hour", range: (now) => ({ from: now - HOUR_MS }) },
  { label: "Last 6 hours", range: (now) => ({ from: now - 6 * HOUR_MS }) },
  { label: "Last 24 hours", range: (now) => ({ from: now - DAY_MS }) },
  { label: "Today", range: (now) => ({ from: startOfLocalDay(now) }) },
  { label: "Yesterday", range: (now) => ({ from: startOfLocalDay(now, -1), to: startOfLocalDay(now) }) },
  { label: "Last 7 days", range: (now) => ({ from: now - 7 * DAY_MS }) },
];
