"use client";

import { useQuery } from "@tanstack/react-query";
import { classNames } from "@/components/ui/class-names";
import { statsQuery } from "@/lib/api/queries/stats";
import { formatCompactCount, formatCounted } from "@/lib/format/count";
import type { Section } from "./sections";

interface SectionBadgeProps {
  section: Section;
  className: string;
}

/** How many things a person should look at in a section; nothing when there is none. */
export function SectionBadge({ section, className }: SectionBadgeProps) {
  const { data } = useQuery(statsQuery());
  const count = (data && section.count?.(data)) ?? 0;
  if (count === 0) return null;
  const hint = `${formatCounted(count, "task needs", "tasks need")} a person`;
  return (
    <span
      title={hint}
      className={classNames(
        "tabular inline-grid h-4 min-w-4 place-items-center rounded-full bg-red-soft px-1 font-semibold text-2xs text-red",
        className,
      )}
    >
      <span aria-hidden>{formatCompactCount(count)}</span>
      <span className="sr-only">, {hint}</span>
    </span>
  );
}
