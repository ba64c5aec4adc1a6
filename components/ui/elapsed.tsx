"use client";

import { useNow } from "@/components/live/clock";
import { formatWholeDuration } from "@/lib/format/duration";

/** How long something has lasted, ticking; null is unknown. */
export function Elapsed({ since }: { since: string | null }) {
  const now = useNow();
  if (since === null) return <span className="text-ink-faint">unknown</span>;
  if (now === null) return null;
  return (
    <time dateTime={since} className="tabular whitespace-nowrap">
      {formatWholeDuration((now - Date.parse(since)) / 1000)}
    </time>
  );
}
