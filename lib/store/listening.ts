import { toNumber } from "./sql";
import type { Store } from "./store";

const LISTENING_ID = "listening";
/** A pause up to this long, as of a new version's start, does not count as one. */
const PAUSE_MS = 600_000;

/** Between when events were heard, but for pauses of up to ten minutes; epoch ms. */
export interface Listening {
  readonly since: number;
  readonly until: number;
}

/** Notes that events are heard at `now`, epoch ms. */
export async function noteListening(store: Store, now: number): Promise<void> {
  await store.client.$executeRaw`
    INSERT INTO collector_status (id, status, updated_at) VALUES (${LISTENING_ID}, ${String(now)}, ${now})
    ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at,
      status = CASE WHEN collector_status.updated_at < ${now - PAUSE_MS} THEN excluded.status ELSE collector_status.status END`;
}

/** Since when events have been heard, or null when they never were. */
export async function getListening(store: Store): Promise<Listening | null> {
  const [row] = await store.client.$queryRaw<{ status: string; updated_at: number | bigint }[]>`
    SELECT status, updated_at FROM collector_status WHERE id = ${LISTENING_ID}`;
  return row === undefined ? null : { since: Number(row.status), until: toNumber(row.updated_at) };
}
