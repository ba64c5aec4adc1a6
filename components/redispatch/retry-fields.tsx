"use client";

import { classNames } from "@/components/ui/class-names";
import { Disclosure } from "@/components/ui/disclosure";
import { TextField } from "@/components/ui/text-field";
import { formatWholeDuration } from "@/lib/format/duration";
import type { RetryOptions, RetryOptionsState } from "./use-retry-options";

interface RetryFieldsProps {
  state: RetryOptionsState;
  /** How many are sent; one needs no pace. */
  sendable: number;
  isSingle: boolean;
  className?: string;
}

/** How the tasks are sent, and why: the pace and the reason; the rest on demand. */
export function RetryFields({ state, sendable, isSingle, className }: RetryFieldsProps) {
  const { options, errors, change } = state;
  const field = (name: keyof RetryOptions, inputMode?: "decimal" | "numeric") => ({
    inputMode,
    value: String(options[name]),
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  return (
    <section aria-label="How" className={classNames("flex flex-col gap-3 border-t pt-4", className)}>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {isSingle ? null : (
          <>
            <TextField
              {...field("rate", "decimal")}
              label="Tasks per second"
              placeholder="as fast as possible"
              hint={describeLength(state, sendable)}
            />
            <TextField
              {...field("keepBelow", "numeric")}
              label="Keep the queue below"
              placeholder="any length"
              hint="Waits while so many tasks are in it"
            />
          </>
        )}
        <TextField
          {...field("reason")}
          label="Reason"
          className="sm:col-span-2"
          placeholder="for the record: what broke, what fixed it"
          maxLength={500}
        />
      </div>
      <Disclosure summary="More options" isOpen={hasMore(state)}>
        <div className="grid grid-cols-1 gap-3 pt-3 sm:grid-cols-2">
          <TextField
            {...field("queue")}
            label="Queue"
            placeholder="as listed above"
            hint="For all of them; planned anew with it"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            {...field("priority", "numeric")}
            label="Priority"
            placeholder="Celery’s default, 0"
            hint="0–9; Redis serves 0 first, RabbitMQ 9"
          />
          <TextField {...field("countdown", "decimal")} label="Start in, seconds" placeholder="at once" />
          {isSingle ? null : (
            <TextField
              {...field("spread", "decimal")}
              label="Spread over, seconds"
              placeholder="no spread"
              hint="Their starts, evenly"
            />
          )}
        </div>
      </Disclosure>
    </section>
  );
}

/** Filled in from the start: it must not hide. */
function hasMore({ initial }: RetryOptionsState): boolean {
  return [initial.queue, initial.priority, initial.countdown, initial.spread].some((text) => text !== "");
}

function describeLength({ sending, errors }: RetryOptionsState, sendable: number): string {
  const rate = sending.ratePerSecond;
  if (rate === null || errors.rate !== undefined || sendable === 0) return "Empty: no limit";
  return `Takes about ${formatWholeDuration(Math.max(1, sendable / rate))}`;
}
