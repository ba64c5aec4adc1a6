import type { WorkerRecord } from "./worker-record";

/** Heartbeats that may be missed: as Celery itself counts (celery-wire.md D.6). */
const HEARTBEATS = 2;
/** A worker that sends no heartbeats lives by its answers: it may leave out two of the collector's rounds. */
const PATIENCE_WITHOUT_HEARTBEAT_MS = 40_000;

/**
 * Whether a worker is online, as far as could be told when its record was written. Whether it has been silent for too
 * long the collector alone can judge: it knows whether events could arrive meanwhile.
 */
export function isWorkerOnline(record: Pick<WorkerRecord, "announced">): boolean {
  return record.announced === "online";
}

/** Milliseconds of silence after which a worker that does not answer either counts as gone. */
export function getPatienceMs({ freqSeconds }: Pick<WorkerRecord, "freqSeconds">): number {
  return freqSeconds === null ? PATIENCE_WITHOUT_HEARTBEAT_MS : HEARTBEATS * freqSeconds * 1000;
}
