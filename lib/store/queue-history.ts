import { integer, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

/**
 * How long every second is kept: an hour, and as much more as whoever asks for the last hour takes for it, by clocks that may differ.
 * After that, the largest values of each minute.
 */
export const SECONDS_KEPT_MS = 65 * 60_000;
const MAX_POINTS = 300;

/** The deepest look within a step of the range, at the time of the step's last look. */
export interface QueueHistoryPoint {
  /** Epoch ms. */
  readonly at: number;
  readonly depth: number;
  readonly unacked: number | null;
  readonly oldestWaitingSeconds: number | null;
}

export interface QueueHistoryRange {
  readonly name: string;
  /** Half-open `[from, to)`, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

interface PointRow {
  readonly at: number | bigint;
  readonly depth: number | bigint;
  readonly unacked: number | bigint | null;
  readonly oldest: number | null;
}

/**
 * The queue's depth over the range, oldest first, in at most `points` (and 300) points: of the samples that fall in
 * one, the largest values, so that no peak is lost. Steps without a sample are absent.
 */
export async function getQueueHistory(
  store: Store,
  range: QueueHistoryRange,
): Promise<readonly QueueHistoryPoint[]> {
  const points = Math.max(1, Math.min(range.points, MAX_POINTS));
  const step = Math.max(1, Math.ceil((range.to - range.from) / points));
  const everySeconds = range.from >= Date.now() - SECONDS_KEPT_MS ? 1 : 60;
  const rows = await store.client.$queryRaw<PointRow[]>`
    SELECT max(at) AS at, max(depth) AS depth, max(unacked) AS unacked, max(oldest_seconds) AS oldest
    FROM queue_sample
    WHERE queue = ${range.name} AND every_seconds = ${everySeconds} AND at >= ${range.from} AND at < ${range.to}
    GROUP BY (at - ${integer(range.from)}) / ${integer(step)} ORDER BY 1`;
  return rows.map((row) => ({
    at: toNumber(row.at),
    depth: toNumber(row.depth),
    unacked: toNumberOrNull(row.unacked),
    oldestWaitingSeconds: toNumberOrNull(row.oldest),
  }));
}

/** Deletes up to `limit` samples of that resolution from before `at`, epoch ms. Returns how many it deleted. */
export async function deleteQueueSamplesBefore(
  store: Store,
  everySeconds: 1 | 60,
  at: number,
  limit: number,
): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM queue_sample WHERE (queue, every_seconds, at) IN (
      SELECT queue, every_seconds, at FROM queue_sample
      WHERE every_seconds = ${everySeconds} AND at < ${at} ORDER BY at LIMIT ${limit})`;
}
