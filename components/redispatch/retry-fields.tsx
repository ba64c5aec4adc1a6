"use client";

import { TextField } from "@/components/ui/text-field";
import type { RetryOptionsState } from "./use-retry-options";

interface RetryFieldsProps {
  state: RetryOptionsState;
  /** One task needs no rate. */
  isSingle: boolean;
}

/** How the tasks are sent, and why. */
export function RetryFields({ state: { options, change, errors }, isSingle }: RetryFieldsProps) {
  return (
    <section aria-label="How" className="grid grid-cols-1 gap-3 sm:grid-cols-3">
      {isSingle ? null : (
        <TextField
          label="Tasks per second"
          inputMode="decimal"
          placeholder="as fast as possible"
          value={options.rate}
          error={errors.rate}
          onChange={(event) => change({ rate: event.target.value })}
        />
      )}
      <TextField
        label="Queue"
        placeholder="as listed above"
        value={options.queue}
        onChange={(event) => change({ queue: event.target.value })}
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        label="Start in, seconds"
        inputMode="decimal"
        placeholder="at once"
        value={options.countdown}
        error={errors.countdown}
        onChange={(event) => change({ countdown: event.target.value })}
      />
      <TextField
        label="Reason"
        className="sm:col-span-3"
        placeholder="for the record: what broke, what fixed it"
        maxLength={500}
        value={options.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </section>
  );
}
