"use client";

import { Select } from "@/components/ui/select";
import { TERMINATE_SIGNALS } from "@/lib/api/schemas/control";

export type Signal = (typeof TERMINATE_SIGNALS)[number];

/** What each does to a process of a prefork pool. */
const EFFECTS: Record<Signal, string> = {
  TERM: "ends the process",
  QUIT: "ends the process, and may dump its memory",
  KILL: "ends the process at once, whatever it does",
  USR1: "raises SoftTimeLimitExceeded in the task",
};
const OPTIONS = TERMINATE_SIGNALS.map((signal) => ({
  value: signal,
  label: `SIG${signal}: ${EFFECTS[signal]}`,
}));

interface SignalSelectProps {
  value: Signal;
  onChange: (signal: Signal) => void;
}

/** The signal that ends a running task. */
export function SignalSelect({ value, onChange }: SignalSelectProps) {
  return <Select label="Signal" options={OPTIONS} value={value} onChange={onChange} />;
}
