import { integer, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

const MAX_GAPS = 200;

/**
 * `unheard`: nobody listened, and the broker kept nothing. `dropped`: more came than could be taken. `missed`: workers counted more
 * tasks begun than they told of.
 */
const EVENT_GAP_CAUSES = ["unheard", "dropped", "missed"] as const;
type EventGapCause = (typeof EVENT_GAP_CAUSES)[number];

/** A time of which events are missing; epoch ms. */
export interface EventGap {
  readonly from: number;
  readonly to: number;
  readonly cause: EventGapCause;
  /** Event messages that are missing (one may hold 24 events), or tasks of which all are (`missed`); null is not known. */
  readonly events: number | null;
  /** Whether there were more of them than could be counted. */
  readonly isMinimum: boolean;
}

/** Keeps a gap; one that began then, for the same cause, is replaced: it has grown. */
export async function saveEventGap(store: Store, gap: EventGap): Promise<void> {
  const { from, to, cause, events, isMinimum } = gap;
  await store.client.$executeRaw`
    INSERT INTO event_gap (from_at, cause, to_at, events, is_minimum)
    VALUES (${from}, ${cause}, ${to}, ${events}, ${integer(Number(isMinimum))})
    ON CONFLICT (from_at, cause) DO UPDATE SET to_at = excluded.to_at, events = excluded.events,
      is_minimum = excluded.is_minimum`;
}

/** The gaps that reach into the time from `from` to `to`, the latest 200, oldest first. */
export async function listEventGaps(store: Store, from: number, to: number): Promise<readonly EventGap[]> {
  const rows = await store.client.$queryRaw<GapRow[]>`
    SELECT from_at, cause, to_at, events, is_minimum FROM event_gap
    WHERE to_at >= ${from} AND from_at < ${to} ORDER BY from_at DESC LIMIT ${MAX_GAPS}`;
  return rows.map(toGap).reverse();
}

/** Deletes the gaps that were over before `at`, epoch ms. */
export async function deleteEventGapsBefore(store: Store, at: number): Promise<number> {
  return store.client.$executeRaw`DELETE FROM event_gap WHERE to_at < ${at}`;
}

interface GapRow {
  readonly from_at: number | bigint;
  readonly cause: string;
  readonly to_at: number | bigint;
  readonly events: number | bigint | null;
  readonly is_minimum: number | bigint;
}

function toGap(row: GapRow): EventGap {
  return {
    from: toNumber(row.from_at),
    to: toNumber(row.to_at),
    cause: EVENT_GAP_CAUSES.find((cause) => cause === row.cause) ?? "unheard",
    events: toNumberOrNull(row.events),
    isMinimum: toNumber(row.is_minimum) === 1,
  };
}
