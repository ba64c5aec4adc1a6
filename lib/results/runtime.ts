import { FINAL_STATES, isFinalState } from "@/lib/celery/task-state";
import type { EpochMicros, ResultRow } from "./results";

/**
 * date_started is the database's own clock, the other two are the worker's, and on MySQL it is in the server's time
 * zone (celery-wire.md E.1). Ten minutes allow for clocks that differ and catch every zone that is not UTC.
 */
export const CLOCK_TOLERANCE_MICROS = 600_000_000n;

/** The states in which date_done is the end of the task. */
export const RUNTIME_STATES = FINAL_STATES;

/**
 * The run's start as stored, or null where it cannot be: NULL (task_track_started is off) or more than ten minutes
 * outside the row's own dates, which happens where the database server's time zone is not UTC.
 */
export function plausibleStart(dates: {
  readonly createdAt: EpochMicros | null;
  readonly startedAt: EpochMicros | null;
  readonly doneAt: EpochMicros;
}): EpochMicros | null {
  const { createdAt, startedAt, doneAt } = dates;
  if (createdAt === null || startedAt === null) return null;
  if (startedAt - createdAt < -CLOCK_TOLERANCE_MICROS) return null;
  return doneAt - startedAt < -CLOCK_TOLERANCE_MICROS ? null : startedAt;
}

/** The runtime of an ended task in microseconds, never negative; null when the table doesn't tell. As in SQL: runtimeMicrosSql. */
export function getRuntimeMicros(row: Pick<ResultRow, "status" | "startedAt" | "doneAt">): bigint | null {
  if (row.startedAt === null || !isFinalState(row.status)) return null;
  const micros = row.doneAt - row.startedAt;
  return micros < 0n ? 0n : micros;
}
