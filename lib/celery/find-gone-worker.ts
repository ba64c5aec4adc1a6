import type { WorkerRecord } from "./worker-record";

/** A worker that has said goodbye still works off what it runs (warm shutdown); after this long it ought to be done. */
const SHUTDOWN_MS = 60_000;

/** A task that some worker took. Times are epoch ms by the worker's clock; null is not known. */
export interface TakenTask {
  readonly worker: string | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly stateAt: number;
}

/** How the worker that holds a task went away. */
export interface GoneWorker {
  readonly how: "died" | "left" | "restarted" | "forgotten";
  /** Epoch ms by our clock; null when nobody knows. */
  readonly at: number | null;
}

/**
 * How the worker that took the task went away, judged at `now` (epoch ms); null as long as it may still be at work on it, and
 * when nobody knows which worker took it. `worker` is the one that has its name now, if any.
 */
export function findGoneWorker(
  task: TakenTask,
  worker: WorkerRecord | undefined,
  now: number,
): GoneWorker | null {
  if (task.worker === null) return null;
  if (worker === undefined) return { how: "forgotten", at: null };
  if (worker.announced === "silent") return { how: "died", at: worker.lastHeartbeatAt };
  const takenAt = task.receivedAt ?? task.startedAt ?? task.stateAt;
  // Both by the worker's own clock.
  if (worker.bornAt !== null && takenAt < worker.bornAt) {
    return { how: "restarted", at: worker.bornAt - worker.clockAheadMs };
  }
  const isLongGone = worker.announced === "offline" && now - worker.lastHeartbeatAt > SHUTDOWN_MS;
  return isLongGone ? { how: "left", at: worker.lastHeartbeatAt } : null;
}
