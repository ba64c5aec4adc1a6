"use client";

import { TextField } from "@/components/ui/text-field";
import type { RetryOptions, RetryOptionsState } from "./use-retry-options";

interface RetryFieldsProps {
  state: RetryOptionsState;
  /** One task needs no rate. */
  isSingle: boolean;
}

/** How the tasks are sent, and why. */
export function RetryFields({ state, isSingle }: RetryFieldsProps) {
  const field = (name: keyof RetryOptions, inputMode?: "decimal" | "numeric") => ({
    inputMode,
    value: String(state.options[name]),
    error: state.errors[name],
    onChange: (event: { target: { value: string } }) => state.change({ [name]: event.target.value }),
  });
  return (
    <section aria-label="How" className="grid grid-cols-1 gap-3 sm:grid-cols-3">
      {isSingle ? null : (
        <>
          <TextField
            {...field("rate", "decimal")}
            label="Tasks per second"
            placeholder="as fast as possible"
          />
          <TextField
            {...field("keepBelow", "numeric")}
            label="Keep the queue below"
            placeholder="any length"
            hint="Waits while so many are ready"
          />
        </>
      )}
      <TextField
        {...field("queue")}
        label="Queue"
        placeholder="as listed above"
        autoCapitalize="none"
        spellCheck={false}
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
      <TextField
        {...field("priority", "numeric")}
        label="Priority"
        placeholder="Celery’s default, 0"
        hint="0–9; Redis serves 0 first, RabbitMQ 9"
      />
      <TextField
        {...field("reason")}
        label="Reason"
        className="sm:col-span-3"
        placeholder="for the record: what broke, what fixed it"
        maxLength={500}
      />
    </section>
  );
}
