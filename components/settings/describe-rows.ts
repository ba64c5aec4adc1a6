import type { Storage } from "@/lib/api/schemas/storage";
import { formatBoundedCount, formatCompactCount, formatCount } from "@/lib/format/count";

/** How many rows there are, as exactly as is known: `1,204`, `about 34.5M`, `100,000+`. */
export function describeRows(rows: Storage["kinds"][number]["rows"]): string {
  if (rows.exact) return formatCount(rows.count);
  return rows.estimate === null ? formatBoundedCount(rows) : `about ${formatCompactCount(rows.estimate)}`;
}
