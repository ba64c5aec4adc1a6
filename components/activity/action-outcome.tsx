import { Check, CircleDashed, CircleX } from "lucide-react";
import { Pill } from "@/components/ui/pill";
import type { Action } from "@/lib/api/schemas/control";

/** Whether an action did what was asked. */
export function ActionOutcome({ succeeded }: Pick<Action, "succeeded">) {
  if (succeeded === null) return <Pill tone="gray" icon={CircleDashed} label="Not known" />;
  return succeeded ? (
    <Pill tone="green" icon={Check} label="Done" />
  ) : (
    <Pill tone="red" icon={CircleX} label="Not done" />
  );
}
