"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Calendar } from "@/components/ui/calendar";
import { INPUT_CLASS } from "@/components/ui/text-field";
import { readLocalTime, startOfLocalDay, toLocalTime } from "@/lib/format/local-time";

interface DateRangeFormProps {
  /** Epoch ms; null is open. */
  from: number | null;
  to: number | null;
  /** The reader's zone, in words. */
  zone: string;
  onApply: (range: { from: number; to?: number }) => void;
}

const EMPTY = { date: "", time: "" };

/** A range by calendar and clock. The end is not part of it. */
export function DateRangeForm({ from, to, zone, onApply }: DateRangeFormProps) {
  const [start, setStart] = useState(() => toLocalTime(from ?? startOfLocalDay(Date.now())));
  const [end, setEnd] = useState(() => (to === null ? EMPTY : toLocalTime(to)));
  const startAt = readLocalTime(start);
  const endAt = end.date === "" ? null : readLocalTime({ ...end, time: end.time || "00:00" });
  const error = describeError({ startAt, endAt, hasEnd: end.date !== "" });

  function chooseDays(first: Date | undefined, last: Date | undefined) {
    if (first === undefined) return;
    setStart({ ...start, date: toLocalTime(first.getTime()).date });
    // Whole days are meant: the range ends with the midnight after the last one.
    if (last !== undefined) setEnd(toLocalTime(startOfLocalDay(last.getTime(), 1)));
  }

  return (
    <form
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (error !== null || startAt === null) return;
        onApply(endAt === null ? { from: startAt } : { from: startAt, to: endAt });
      }}
    >
      <Calendar from={startAt} to={endAt === null ? null : endAt - 1} onSelect={chooseDays} />
      <Moment label="From" value={start} onChange={setStart} />
      <Moment label="Until" value={end} onChange={setEnd} />
      <p className="text-ink-faint text-xs">Your time zone: {zone}</p>
      <div className="flex items-center justify-between gap-2">
        <p role="status" className="text-red text-xs">
          {error}
        </p>
        <Button type="submit" variant="primary" disabled={error !== null}>
          Apply
        </Button>
      </div>
    </form>
  );
}

interface MomentProps {
  label: string;
  value: { date: string; time: string };
  onChange: (value: { date: string; time: string }) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <fieldset className="grid grid-cols-[3rem_1fr_1fr] items-center gap-1.5">
      <legend className="sr-only">{label}</legend>
      <span aria-hidden className="text-ink-muted text-xs">
        {label}
      </span>
      <input
        type="date"
        aria-label={`${label}, date`}
        className={INPUT_CLASS}
        value={value.date}
        onChange={(event) => onChange({ ...value, date: event.target.value })}
      />
      <input
        type="time"
        step={1}
        aria-label={`${label}, time`}
        className={INPUT_CLASS}
        value={value.time}
        onChange={(event) => onChange({ ...value, time: event.target.value })}
      />
    </fieldset>
  );
}

function describeError(range: {
  startAt: number | null;
  endAt: number | null;
  hasEnd: boolean;
}): string | null {
  if (range.startAt === null) return "Choose a start";
  if (range.hasEnd && range.endAt === null) return "The end is no date";
  if (range.endAt !== null && range.endAt <= range.startAt) return "The end is before the start";
  return null;
}
