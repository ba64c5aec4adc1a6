import { TriangleAlert } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import type { EventGap } from "@/lib/api/schemas/live";
import { formatBoundedCount } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";

const MOST_SHOWN = 3;

/** Of which times events are missing, and why, under the chart that marks them; nothing for none. */
export function EventGaps({ gaps }: { gaps: readonly EventGap[] }) {
  if (gaps.length === 0) return null;
  const shown = gaps.slice(-MOST_SHOWN).reverse();
  return (
    <div className="mt-2 flex gap-2 text-ink-muted text-xs">
      <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-amber" />
      <ul aria-label="Events are missing" className="min-w-0">
        {shown.map((gap) => (
          <li key={`${gap.from} ${gap.cause}`}>
            <Instant at={gap.from} /> for {describeLength(gap)}: {describe(gap)}
          </li>
        ))}
        {gaps.length > MOST_SHOWN ? <li>and {gaps.length - MOST_SHOWN} before</li> : null}
      </ul>
    </div>
  );
}

function describeLength({ from, to }: EventGap): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds < 1 ? "less than a second" : formatWholeDuration(seconds);
}

function describe({ cause, events, isMinimum }: EventGap): string {
  if (cause === "unheard") return "nobody listened, events of this time are missing";
  const count = events === null ? "some" : formatBoundedCount({ count: events, exact: !isMinimum });
  if (cause === "missed") return `${count} tasks began of which no event came`;
  return `${count} event messages came faster than they could be taken in and were dropped`;
}
