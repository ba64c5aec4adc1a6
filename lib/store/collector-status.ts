import { toStorableJson } from "./json-rows";
import { toNumber } from "./sql";
import type { Store } from "./store";

const COLLECTOR_ID = "collector";
/** The collector saves its status each second; after this long without one there is none at work. */
const SILENT_AFTER_MS = 10_000;

/** What the active collector says of itself. Times are epoch ms. */
export interface CollectorStatus {
  readonly lastEventAt: number | null;
  /** Mean of the last ten seconds. */
  readonly eventsPerSecond: number;
  /** Since the collector started, as are `droppedEvents`. */
  readonly malformedEvents: number;
  /** Event messages that came faster than they could be stored, or that did not fit into the broker's queue any more. */
  readonly droppedEvents: number;
  /** Whether there were more of them than could be counted. */
  readonly isDroppedMinimum: boolean;
  /** Age of the oldest event that is not in the store yet, in seconds; null when no event came lately. */
  readonly lagSeconds: number | null;
  /** Tasks that are stuck (lib/diagnosis/stuck), as of some seconds ago; null before the first look. */
  readonly stuckTasks: number | null;
  readonly startedAt: number;
  readonly broker: {
    readonly connected: boolean;
    /** Every secret masked. */
    readonly url: string;
    readonly since: number;
    readonly error: string | null;
  };
}

export interface StoredCollectorStatus extends CollectorStatus {
  /** Whether a collector is at work now. */
  readonly active: boolean;
  readonly updatedAt: number;
}

/** Keeps what the active collector says of itself at `at`, epoch ms. */
export async function saveCollectorStatus(store: Store, status: CollectorStatus, at: number): Promise<void> {
  await store.client.$executeRaw`
    INSERT INTO collector_status (id, status, updated_at) VALUES (${COLLECTOR_ID}, ${toStorableJson(status)}, ${at})
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, updated_at = excluded.updated_at`;
}

/** What the collector last said of itself, judged at `now` (epoch ms); null when there never was one. */
export async function getCollectorStatus(store: Store, now: number): Promise<StoredCollectorStatus | null> {
  const [row] = await store.client.$queryRaw<{ status: string; updated_at: number | bigint }[]>`
    SELECT status, updated_at FROM collector_status WHERE id = ${COLLECTOR_ID}`;
  if (row === undefined) return null;
  const updatedAt = toNumber(row.updated_at);
  // Written by saveCollectorStatus, nothing else writes this row.
  const status = JSON.parse(row.status) as CollectorStatus;
  return { ...status, updatedAt, active: now - updatedAt < SILENT_AFTER_MS };
}
