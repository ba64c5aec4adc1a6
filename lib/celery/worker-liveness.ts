import type { WorkerRecord } from "./worker-record";

/** Heartbeats that may be missed. Celery itself allows two, which is nervous for people (celery-wire.md D.6). */
const HEARTBEATS = 3;
const LEAST_PATIENCE_MS = 10_000;

/**
 * Whether a worker is online at `now` (epoch ms of our clock): it has not said goodbye and was last heard of within
 * three heartbeats, or 10 s where those are shorter.
 */
export function isWorkerOnline(
  record: Pick<WorkerRecord, "announced" | "lastHeartbeatAt" | "freqSeconds">,
  now: number,
): boolean {
  const patienceMs = Math.max(HEARTBEATS * record.freqSeconds * 1000, LEAST_PATIENCE_MS);
  return record.announced === "online" && now - record.lastHeartbeatAt <= patienceMs;
}
