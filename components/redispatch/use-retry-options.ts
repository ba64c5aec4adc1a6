"use client";

import { useState } from "react";

/** What a person can say about a retry. Texts are as typed; null fields of the request are empty here. */
interface RetryOptions {
  confirmTyped: boolean;
  includeRedispatched: boolean;
  includeLost: boolean;
  queue: string;
  rate: string;
  countdown: string;
  reason: string;
}

const DEFAULTS: RetryOptions = {
  confirmTyped: false,
  includeRedispatched: false,
  includeLost: false,
  queue: "",
  rate: "",
  countdown: "",
  reason: "",
};

export interface RetryOptionsState {
  options: RetryOptions;
  change: (next: Partial<RetryOptions>) => void;
  ratePerSecond: number | null;
  countdownSeconds: number | null;
  /** A message a field that can't be sent as it is. */
  errors: { rate?: string; countdown?: string };
}

export function useRetryOptions(): RetryOptionsState {
  const [options, setOptions] = useState(DEFAULTS);
  const ratePerSecond = readNumber(options.rate);
  const countdownSeconds = readNumber(options.countdown);
  const errors: RetryOptionsState["errors"] = {};
  if (ratePerSecond !== null && !(ratePerSecond > 0 && ratePerSecond <= 100_000))
    errors.rate = "More than 0, at most 100,000";
  if (countdownSeconds !== null && !(countdownSeconds >= 0 && countdownSeconds <= 2_592_000)) {
    errors.countdown = "From 0 to 2,592,000 (30 days)";
  }
  return {
    options,
    change: (next) => setOptions((before) => ({ ...before, ...next })),
    ratePerSecond,
    countdownSeconds,
    errors,
  };
}

/** Empty is null; what is no number is NaN, which no range admits. */
function readNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
