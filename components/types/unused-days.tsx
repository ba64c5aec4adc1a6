"use client";

import { Instant } from "@/components/ui/instant";
import { Select } from "@/components/ui/select";
import type { TaskTypePage } from "@/lib/api/schemas/task-types";
import { hasListenedFor } from "./find-marks";

/** After how many days without a call a type counts as one that is not called. */
export const UNUSED_DAYS = [
  { value: "1", label: "1 day" },
  { value: "7", label: "7 days" },
  { value: "14", label: "14 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
] as const;
type UnusedDays = (typeof UNUSED_DAYS)[number]["value"];

interface UnusedDaysSelectProps {
  value: UnusedDays;
  onChange: (days: UnusedDays) => void;
  listening: TaskTypePage["listening"];
  now: number;
}

/** Chooses the days, and says where Celeriac has not listened for so long. */
export function UnusedDaysSelect({ value, onChange, listening, now }: UnusedDaysSelectProps) {
  const isKnown = hasListenedFor(listening, { days: Number(value), now });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {isKnown ? null : (
        <p className="text-ink-muted text-xs">
          {listening === null ? (
            "What is not called isn't known: Celeriac has not listened yet."
          ) : (
            <>
              What is not called isn't known yet: Celeriac has listened since <Instant at={listening.since} />
              .
            </>
          )}
        </p>
      )}
      <span className="flex items-center gap-2 text-ink-muted">
        Not called for
        <Select
          label="Marked as not called after"
          options={UNUSED_DAYS}
          value={value}
          onChange={onChange}
          className="h-7 px-2"
        />
      </span>
    </div>
  );
}
