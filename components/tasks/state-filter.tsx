"use client";

import { useQueries } from "@tanstack/react-query";
import { usePauseReasons } from "@/components/live/pause-provider";
import { classNames } from "@/components/ui/class-names";
import { SOFT_TONES, TEXT_TONES } from "@/components/ui/tone";
import { taskCountQuery } from "@/lib/api/queries/tasks";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import { formatBoundedCount } from "@/lib/format/count";
import { lookOfState } from "./task-state-look";

const STATES = ["FAILURE", "RETRY", "STARTED", "SUCCESS", "REVOKED"] as const;
const COUNT_EVERY_MS = 10_000;

interface StateFilterProps {
  filter: TaskFilter;
  onChange: (states: string[]) => void;
}

/** The states as pills with how many tasks each would show; several may be on. */
export function StateFilter({ filter, onChange }: StateFilterProps) {
  const chosen = filter.state ?? [];
  const isHeld = usePauseReasons().length > 0;
  const others = chosen.filter((state) => !STATES.some((known) => known === state));
  const states = [...STATES, ...others];
  const counts = useQueries({
    queries: states.map((state) => ({
      ...taskCountQuery({ ...filter, state: [state] }),
      // Six counts a second would be the page's heaviest load, for numbers that nobody reads that fast.
      meta: { pace: "frozen" },
      refetchInterval: isHeld ? (false as const) : COUNT_EVERY_MS,
    })),
  });
  return (
    <fieldset className="scrollbar-none flex min-w-0 items-center gap-1 overflow-x-auto">
      <legend className="sr-only">State</legend>
      {states.map((state, index) => {
        const { icon: Icon, label, tone } = lookOfState(state);
        const isOn = chosen.includes(state);
        const count = counts[index]?.data;
        return (
          <button
            key={state}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? chosen.filter((other) => other !== state) : [...chosen, state])}
            className={classNames(
              "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-transparent px-2.5 text-sm",
              isOn ? `${SOFT_TONES[tone]} border-current/30 font-medium` : "text-ink-muted hover:bg-hover",
            )}
          >
            <Icon className={classNames("size-3.5", TEXT_TONES[tone])} strokeWidth={2.25} aria-hidden />
            {label}
            <span className="tabular text-xs opacity-80">
              {count === undefined ? "" : formatBoundedCount(count)}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
