import { formatDecimal } from "./decimal";

// Built when first used, as most pages need neither.
let compact: Intl.NumberFormat | undefined;
let rough: Intl.NumberFormat | undefined;

/** A whole number with thousands separators: `1,204`. */
export function formatCount(count: number): string {
  return formatDecimal(count, 0);
}

interface BoundedCount {
  count: number;
  exact: boolean;
  estimate?: number | null;
}

/** A count that says when it was capped or estimated: `100,000+`, `about 1.2 million`. */
export function formatBoundedCount({ count, exact, estimate }: BoundedCount): string {
  if (exact) return formatCount(count);
  if (estimate == null) return `${formatCount(count)}+`;
  rough ??= new Intl.NumberFormat("en-US", {
    notation: "compact",
    compactDisplay: "long",
    maximumSignificantDigits: 2,
  });
  return `about ${rough.format(estimate)}`;
}

/** A count for narrow places and chart axes: `1,050`, `12.3K`, `34.5M`. Up to four digits are as short, and exact. */
export function formatCompactCount(count: number): string {
  if (Math.abs(count) < 10_000) return formatCount(count);
  compact ??= new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
  return compact.format(count);
}

/** A count with its noun in the right number: `1 task`, `1,204 tasks`. */
export function formatCounted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
