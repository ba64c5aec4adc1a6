"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker } from "react-day-picker";

interface CalendarProps {
  /** Epoch ms, in the browser's zone. */
  from: number | null;
  to: number | null;
  onSelect: (first: Date | undefined, last: Date | undefined) => void;
}

const CLASSES = {
  months: "relative",
  month_caption: "flex h-8 items-center justify-center font-medium text-sm",
  nav: "absolute inset-x-0 top-0 flex h-8 items-center justify-between",
  button_previous: "grid size-7 place-items-center rounded-md hover:bg-hover",
  button_next: "grid size-7 place-items-center rounded-md hover:bg-hover disabled:opacity-30",
  month_grid: "w-full border-collapse",
  weekday: "h-7 font-normal text-2xs text-ink-faint",
  day: "p-0 text-center text-sm",
  day_button: "tabular size-8 rounded-md hover:bg-hover",
  outside: "text-ink-faint",
  disabled: "opacity-30",
  today: "font-semibold underline underline-offset-4",
  selected: "bg-selected first:rounded-l-md last:rounded-r-md",
  range_start: "[&>button]:bg-ink [&>button]:text-ink-inverse rounded-l-md",
  range_end: "[&>button]:bg-ink [&>button]:text-ink-inverse rounded-r-md",
} as const;

const COMPONENTS = { Chevron };

/** A month in which a range of days is chosen. */
export function Calendar({ from, to, onSelect }: CalendarProps) {
  const first = from === null ? undefined : new Date(from);
  const last = to === null ? undefined : new Date(to);
  return (
    <DayPicker
      mode="range"
      defaultMonth={last ?? first}
      selected={first === undefined ? undefined : { from: first, to: last }}
      onSelect={(range) => onSelect(range?.from, range?.to)}
      disabled={{ after: new Date() }}
      showOutsideDays
      weekStartsOn={1}
      classNames={CLASSES}
      components={COMPONENTS}
    />
  );
}

function Chevron({ orientation }: { orientation?: "up" | "down" | "left" | "right" }) {
  const Icon = orientation === "left" ? ChevronLeft : ChevronRight;
  return <Icon className="size-4" aria-hidden />;
}
