"use client";

import { classNames } from "@/components/ui/class-names";
import { TEXT_TONES } from "@/components/ui/tone";
import { formatCount } from "@/lib/format/count";
import { TYPE_MARKS, type TypeMark } from "./find-marks";
import { MARK_LOOKS } from "./type-mark-look";
import type { TypeRowData } from "./type-row-data";

interface MarkFilterProps {
  rows: readonly TypeRowData[];
  value: TypeMark | null;
  onChange: (mark: TypeMark | null) => void;
}

/** How many types have each mark; a click shows these alone. Marks that none has are left out. */
export function MarkFilter({ rows, value, onChange }: MarkFilterProps) {
  const counted = TYPE_MARKS.map((mark) => ({
    mark,
    count: rows.filter(({ marks }) => marks.includes(mark)).length,
  })).filter(({ mark, count }) => count > 0 || mark === value);
  if (counted.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Only those with a mark</legend>
      {counted.map(({ mark, count }) => {
        const { icon: Icon, label, tone, hint } = MARK_LOOKS[mark];
        return (
          <button
            key={mark}
            type="button"
            title={hint}
            aria-pressed={mark === value}
            onClick={() => onChange(mark === value ? null : mark)}
            className={classNames(
              "inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-sm transition-colors hover:bg-hover",
              "aria-pressed:border-line-strong aria-pressed:bg-selected aria-pressed:font-medium",
            )}
          >
            <Icon className={classNames("size-3.5", TEXT_TONES[tone])} aria-hidden />
            {label}
            <span className="tabular text-ink-muted">{formatCount(count)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
