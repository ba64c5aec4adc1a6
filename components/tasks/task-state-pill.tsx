import { Pill } from "@/components/ui/pill";
import { lookOfState } from "./task-state-look";

/** The state of a task. */
export function TaskStatePill({ state }: { state: string }) {
  return <Pill {...lookOfState(state)} />;
}
