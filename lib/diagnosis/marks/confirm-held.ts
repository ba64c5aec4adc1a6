import type { HeldTask } from "@/lib/store/held-tasks";
import type { Holdings } from "../ask-holders";
import { isRunning } from "../held-time";

/**
 * The tasks that workers hold by events, less those that the worker itself, in `holdings`, does not know: their end was
 * missed. What a worker did not answer stays as events told.
 */
export function confirmHeld(
  tasks: readonly HeldTask[],
  holdings: ReadonlyMap<string, Holdings>,
): readonly HeldTask[] {
  return tasks.filter((task) => {
    const held = holdings.get(task.worker ?? "");
    if (held === undefined) return true;
    const isRun = held.running.some(({ id }) => id === task.id);
    if (isRunning(task)) return isRun;
    return !isRun && (held.reserved?.some(({ id }) => id === task.id) ?? true);
  });
}
