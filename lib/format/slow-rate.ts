import { formatDecimal } from "./decimal";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const UNITS = [
  [1, "s"],
  [MINUTE, "min"],
  [HOUR, "h"],
  [DAY, "d"],
] as const;

/** A rate in the unit in which it is at least one, a day at most: `0`, `12.3/s`, `40/min`, `3/h`, `0.5/d`. */
export function formatSlowRate(perSecond: number): string {
  if (perSecond <= 0) return "0";
  const [seconds, unit] = UNITS.find(([length]) => perSecond * length >= 0.9995) ?? [DAY, "d"];
  const rate = perSecond * seconds;
  return `${formatDecimal(rate, rate >= 100 ? 0 : 1)}/${unit}`;
}
