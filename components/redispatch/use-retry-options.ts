"use client";

import { useState } from "react";
import type { CreateBatchRequest } from "@/lib/api/queries/redispatches";

/** What a person can say about a retry. Texts are as typed; null fields of the request are empty here. */
export interface RetryOptions {
  confirmTyped: boolean;
  includeRedispatched: boolean;
  includeLost: boolean;
  queue: string;
  rate: string;
  keepBelow: string;
  countdown: string;
  spread: string;
  priority: string;
  reason: string;
}

const DEFAULTS: RetryOptions = {
  confirmTyped: false,
  includeRedispatched: false,
  includeLost: false,
  queue: "",
  rate: "",
  keepBelow: "",
  countdown: "",
  spread: "",
  priority: "",
  reason: "",
};

const MAX_SECONDS = 2_592_000;

type Sending = Required<
  Pick<
    CreateBatchRequest,
    "ratePerSecond" | "keepQueueBelow" | "countdownSeconds" | "spreadSeconds" | "priority"
  >
>;

export interface RetryOptionsState {
  options: RetryOptions;
  /** As the dialog opened. */
  initial: RetryOptions;
  change: (next: Partial<RetryOptions>) => void;
  /** How the tasks are sent, for the request. */
  sending: Sending;
  /** A message a field that can't be sent as it is. */
  errors: Partial<Record<keyof RetryOptions, string>>;
}

/** What is typed into the retry dialog, beginning with `initial`. */
export function useRetryOptions(initial: Partial<RetryOptions> = {}): RetryOptionsState {
  const [first] = useState({ ...DEFAULTS, ...initial });
  const [options, setOptions] = useState(first);
  return {
    options,
    initial: first,
    change: (next) => setOptions((before) => ({ ...before, ...next })),
    sending: {
      ratePerSecond: readNumber(options.rate),
      keepQueueBelow: readNumber(options.keepBelow),
      countdownSeconds: readNumber(options.countdown),
      spreadSeconds: readNumber(options.spread),
      priority: readNumber(options.priority),
    },
    errors: findErrors(options),
  };
}

function findErrors({ rate, keepBelow, countdown, spread, priority }: RetryOptions) {
  const errors: RetryOptionsState["errors"] = {};
  const check = (
    field: keyof RetryOptions,
    text: string,
    rule: (value: number) => boolean,
    takes: string,
  ) => {
    const value = readNumber(text);
    if (value !== null && !rule(value)) errors[field] = takes;
  };
  check("rate", rate, (value) => value > 0 && value <= 100_000, "More than 0, at most 100,000");
  check("keepBelow", keepBelow, isWhole(1, 10_000_000), "A whole number from 1 to 10,000,000");
  check(
    "countdown",
    countdown,
    (value) => value >= 0 && value <= MAX_SECONDS,
    "From 0 to 2,592,000 (30 days)",
  );
  check(
    "spread",
    spread,
    (value) => value > 0 && value <= MAX_SECONDS,
    "More than 0, at most 2,592,000 (30 days)",
  );
  check("priority", priority, isWhole(0, 9), "A whole number from 0 to 9");
  return errors;
}

function isWhole(least: number, most: number) {
  return (value: number) => Number.isInteger(value) && value >= least && value <= most;
}

/** Empty is null; what is no number is NaN, which no range admits. */
function readNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
