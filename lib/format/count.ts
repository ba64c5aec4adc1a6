const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

const ROUGH = new Intl.NumberFormat("en-US", {
  notation: "compact",
  compactDisplay: "long",
  maximumSignificantDigits: 2,
});

/** A whole number with thousands separators: `1,204`. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

interface BoundedCount {
  count: number;
  exact: boolean;
  estimate?: number | null;
}

/** A count that says when it was capped or estimated: `100,000+`, `about 1.2 million`. */
export function formatBoundedCount({ count, exact, estimate }: BoundedCount): string {
  if (exact) return formatCount(count);
  return estimate == null ? `${formatCount(count)}+` : `about ${ROUGH.format(estimate)}`;
}

/** A count for narrow places and chart axes: `999`, `1.2K`, `34.5M`. */
export function formatCompactCount(count: number): string {
  return Math.abs(count) < 1000 ? formatCount(count) : COMPACT.format(count);
}

/** A count with its noun in the right number: `1 task`, `1,204 tasks`. */
export function formatCounted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
