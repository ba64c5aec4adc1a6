import type { BatchOptions } from "@/lib/store/batch-record";

/** When the tasks of a batch may start. */
export interface EtaSchedule {
  /** Epoch ms before which no worker starts the task at this position, sent at `now`; null for at once. */
  etaOf(position: number, now: number): number | null;
}

/**
 * The schedule of a run that begins at `startedAt` (epoch ms) with the item at `position` of `total`. A countdown counts from
 * the sending of each task. A spread gives each its moment in a span that begins with the batch; a pause moves what is left.
 */
export function createEtaSchedule(
  { countdownSeconds, spreadSeconds }: Pick<BatchOptions, "countdownSeconds" | "spreadSeconds">,
  run: { readonly startedAt: number; readonly position: number; readonly total: number },
): EtaSchedule {
  const countdownMs = (countdownSeconds ?? 0) * 1000;
  if (spreadSeconds == null) {
    return { etaOf: (_position, now) => (countdownSeconds === null ? null : now + countdownMs) };
  }
  const stepMs = (spreadSeconds * 1000) / Math.max(1, run.total);
  const beginsAt = run.startedAt - run.position * stepMs + countdownMs;
  return {
    etaOf(position, now) {
      const eta = Math.round(beginsAt + position * stepMs);
      return eta > now ? eta : null;
    },
  };
}
