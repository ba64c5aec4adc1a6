import type { StepRange } from "./choose-step";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How far back a list of types looks. */
export const TYPE_RANGES = ["hour", "day", "week"] as const;
export type TypeRange = (typeof TYPE_RANGES)[number];

/** In steps of which there are about thirty: the bars of a small chart. Those of hours need no minutes to be read. */
const STEPS: Readonly<Record<TypeRange, { readonly stepMs: number; readonly count: number }>> = {
  hour: { stepMs: 2 * MINUTE_MS, count: 30 },
  day: { stepMs: HOUR_MS, count: 24 },
  week: { stepMs: 6 * HOUR_MS, count: 28 },
};

/** The steps of a range up to the one that is filling at `now`, epoch ms. */
export function toTypeSteps(range: TypeRange, now: number): StepRange {
  const { stepMs, count } = STEPS[range];
  const to = (Math.floor(now / stepMs) + 1) * stepMs;
  return { from: to - count * stepMs, to, stepMs };
}
