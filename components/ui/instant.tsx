"use client";

import { useNow, useZone } from "@/components/live/clock";
import { formatAge } from "@/lib/format/age";
import { formatClock, formatInstant, formatZone } from "@/lib/format/instant";

interface InstantProps {
  /** ISO 8601; null is unknown. */
  at: string | null;
  /** `age` ticks ("3 min ago"), `clock` is short, `full` has date and milliseconds. The full form is always the hint. */
  form?: "age" | "clock" | "full";
}

/** An instant in the reader's time zone. */
export function Instant({ at, form = "clock" }: InstantProps) {
  const zone = useZone();
  const now = useNow();
  if (at === null) return <span className="text-ink-faint">unknown</span>;
  if (zone === null || now === null)
    return (
      <time dateTime={at} className="invisible">
        {at.slice(0, 19)}
      </time>
    );
  const ms = Date.parse(at);
  const full = formatInstant(ms, zone, { milliseconds: true });
  const text = form === "age" ? formatAge(ms, now) : form === "clock" ? formatClock(ms, zone, now) : full;
  return (
    <time dateTime={at} title={`${full} ${formatZone(zone, ms)}`} className="tabular whitespace-nowrap">
      {text}
    </time>
  );
}
