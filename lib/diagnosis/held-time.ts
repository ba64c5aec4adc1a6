import type { WorkerRecord } from "@/lib/celery/worker-record";
import type { HeldTask } from "@/lib/store/held-tasks";

/** Less is the way from the worker to us; more is a clock that is wrong, or an event that came late. */
const LEAST_SKEW_MS = 2_000;

/** Whether the task runs: in a state of its own, too. */
export function isRunning({ state }: Pick<HeldTask, "state">): boolean {
  return state !== "RECEIVED";
}

/** What the worker's clock shows when ours shows `now`; epoch ms. What it says of its tasks is by its own clock. */
export function tellItsTime(worker: Pick<WorkerRecord, "clockAheadMs"> | undefined, now: number): number {
  const aheadMs = worker?.clockAheadMs ?? 0;
  return Math.abs(aheadMs) > LEAST_SKEW_MS ? now + aheadMs : now;
}

/** Epoch ms since when a task that does not run waits in its worker: an eta is no wait. Null before its eta, and when not known. */
export function getReservedSince(task: Pick<HeldTask, "eta" | "receivedAt">, itsNow: number): number | null {
  const eta = task.eta === null ? null : Date.parse(task.eta);
  if (task.receivedAt === null || (eta !== null && !Number.isFinite(eta))) return null;
  const since = Math.max(task.receivedAt, eta ?? 0);
  return since > itsNow ? null : since;
}

/** Epoch ms since when it runs, or at least since when it is known to. */
export function getRunningSince({ startedAt, stateAt }: Pick<HeldTask, "startedAt" | "stateAt">): number {
  return startedAt ?? stateAt;
}
