"use client";

import { CalendarClock, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useNow, useZone } from "@/components/live/clock";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";
import { formatClock, formatZone } from "@/lib/format/instant";
import { DATE_PRESETS } from "./date-presets";
import { DateRangeForm } from "./date-range-form";

interface DateRange {
  from?: string | undefined;
  to?: string | undefined;
}

interface DateRangeFilterProps extends DateRange {
  onChange: (range: DateRange) => void;
}

/** When the tasks finished, in the reader's own time zone. */
export function DateRangeFilter({ from, to, onChange }: DateRangeFilterProps) {
  const [isOpen, setOpen] = useState(false);
  const zone = useZone();
  const isSet = from !== undefined || to !== undefined;
  const label = useRangeLabel(from, to);

  function choose(range: { from?: number; to?: number }) {
    setOpen(false);
    onChange({ from: toIso(range.from), to: toIso(range.to) });
  }

  return (
    <Popover
      label="Finished between"
      open={isOpen}
      onOpenChange={setOpen}
      className="p-0"
      trigger={
        <Button className={classNames(isSet && "border-ink")} aria-label={`Finished: ${label}`}>
          <CalendarClock className="size-3.5 text-ink-faint" aria-hidden />
          {isSet ? label : "Any time"}
          <ChevronDown className="size-3.5 text-ink-faint" aria-hidden />
        </Button>
      }
    >
      <div className="flex max-sm:flex-col">
        <div className="flex flex-col gap-0.5 border-r p-2 max-sm:grid max-sm:grid-cols-2 max-sm:border-r-0 max-sm:border-b">
          {DATE_PRESETS.map((preset) => (
            <Button
              key={preset.label}
              variant="ghost"
              className="justify-start font-normal"
              onClick={() => choose(preset.range(Date.now()))}
            >
              {preset.label}
            </Button>
          ))}
          {isSet ? (
            <Button variant="ghost" className="justify-start font-normal" onClick={() => choose({})}>
              Any time
            </Button>
          ) : null}
        </div>
        <DateRangeForm
          from={from === undefined ? null : Date.parse(from)}
          to={to === undefined ? null : Date.parse(to)}
          zone={zone === null ? "" : formatZone(zone, Date.now())}
          onApply={choose}
        />
      </div>
    </Popover>
  );
}

function useRangeLabel(from: string | undefined, to: string | undefined): string {
  const zone = useZone();
  const now = useNow();
  if (zone === null || now === null || (from === undefined && to === undefined)) return "any time";
  const clock = (text: string) => formatClock(Date.parse(text), zone, now);
  if (from === undefined) return `before ${clock(to ?? "")}`;
  return to === undefined ? `since ${clock(from)}` : `${clock(from)} – ${clock(to)}`;
}

function toIso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
