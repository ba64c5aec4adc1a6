import { formatDecimal } from "./decimal";

/** A rate per second: `0/s`, `0.25/s`, `12.3/s`, `1,204/s`. */
export function formatRate(perSecond: number): string {
  const digits = perSecond === 0 || perSecond >= 100 ? 0 : perSecond < 1 ? 2 : 1;
  return `${formatDecimal(perSecond, digits)}/s`;
}

/** A share of a whole, as a percentage: `0%`, `<1%`, `97.8%`, `100%`. Null when the whole is zero. */
export function formatShare(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 1) return "<1%";
  // 99.96 must not read as 100: a person would take the batch for complete.
  return `${formatDecimal(Math.floor(percent * 10) / 10, 1)}%`;
}
