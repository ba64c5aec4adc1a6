import type { Worker } from "@/lib/api/schemas/workers";
import type { BulkCommandName } from "./bulk-actions";

/** Why a command should not go to all of these workers as it is; null where nothing speaks against it. */
export function findObjection(
  command: BulkCommandName,
  what: string,
  workers: readonly Worker[],
): string | null {
  if (command === "pool-shrink") {
    const small = workers.find(({ concurrency }) => concurrency !== null && concurrency <= Number(what));
    return small === undefined
      ? null
      : `${small.hostname} has ${small.concurrency}, and at least one has to stay.`;
  }
  if (command === "cancel-consumer" && !listConsumed(workers).includes(what.trim()))
    return "None of them consumes it.";
  return null;
}

/** The queues that any of them consumes. */
export function listConsumed(workers: readonly Worker[]): string[] {
  return [...new Set(workers.flatMap(({ queues }) => queues ?? []))].toSorted();
}
