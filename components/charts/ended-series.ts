import type { Series } from "./series";

/** How tasks ended, stacked: what needs a person lies at the bottom, where it can be compared. */
export const ENDED_SERIES: readonly Series[] = [
  { key: "failed", label: "failed", color: "var(--color-red-solid)" },
  { key: "retried", label: "retried", color: "var(--color-amber-solid)" },
  { key: "succeeded", label: "succeeded", color: "var(--color-green-solid)" },
];
