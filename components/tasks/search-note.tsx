import { Info } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import type { SlowPart } from "@/lib/api/schemas/tasks";

interface SearchNoteProps {
  slow: SlowPart | null;
  /** ISO 8601; how far a search looked. */
  searchedBackTo: string | null;
  /** ISO 8601; since when an order holds. */
  sortedSince: string | null;
  isOldestFirst: boolean;
  /** Beneath a picture of its own. */
  withoutIcon?: boolean;
}

/** What would have made it fast, or what makes it faster now. */
const ADVICE: Record<SlowPart, string> = {
  text: "A text is looked for row by row. Dates, a state or a name narrow it; a full task id is found at once.",
  order:
    "The result table has no index for this order. Dates narrow it, and docs/large-tables.md has the index.",
  filter:
    "No index of the result table finds these. Dates narrow it, and docs/large-tables.md has the index.",
  events: "Only events know this, so rows are looked at one by one. Dates, a state or a name narrow it.",
};

/** Says how far a search of a large result table looked, why no further, and what helps; nothing where it saw all. */
export function SearchNote(props: SearchNoteProps) {
  const { slow, searchedBackTo, sortedSince, isOldestFirst, withoutIcon = false } = props;
  if (slow === null && searchedBackTo === null) return null;
  return (
    <p role="status" className="flex items-start gap-2 text-balance text-ink-muted text-sm">
      {withoutIcon ? null : <Info className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden />}
      <span>
        {sortedSince === null ? null : (
          <strong className="font-medium text-ink">
            Sorted among the tasks since <Instant at={sortedSince} />.{" "}
          </strong>
        )}
        {searchedBackTo === null ? null : (
          <strong className="font-medium text-ink">
            Searched {isOldestFirst ? "up" : "back"} to <Instant at={searchedBackTo} />.{" "}
          </strong>
        )}
        {slow === null ? null : ADVICE[slow]}
      </span>
    </p>
  );
}
