import { sql, toNumber } from "./sql";
import type { Store } from "./store";

const MAX_BATCHES = 20;
/** Of the newest batches so many items are looked at, so that a preview doesn't wait for the history of a year. */
const MAX_ITEMS = 200_000;
/** Items looked at in one statement: libsql blocks the process while it runs one. */
const WINDOW_ITEMS = 20_000;

/** How tasks of one name ended that were sent again. */
export interface RetryOutcomes {
  readonly ended: number;
  readonly failed: number;
}

/**
 * Task name → how its tasks of the newest batches ended, of up to 20 batches and 200,000 tasks; names of which none has
 * ended are absent.
 */
export async function countRetryOutcomes(store: Store): Promise<ReadonlyMap<string, RetryOutcomes>> {
  const outcomes = new Map<string, RetryOutcomes>();
  let left = MAX_ITEMS;
  for (const batch of await listEndedBatches(store)) {
    const end = Math.min(batch.position, left);
    for (let from = 0; from < end; from += WINDOW_ITEMS) {
      const range = { batchId: batch.id, from, to: Math.min(end, from + WINDOW_ITEMS) };
      await addWindow(store, range, outcomes);
    }
    left -= end;
    if (left <= 0) break;
  }
  return outcomes;
}

async function listEndedBatches(store: Store): Promise<readonly { id: string; position: number }[]> {
  return store.client.batch.findMany({
    where: {
      state: { not: "draft" },
      OR: [{ outcomesSucceeded: { gt: 0 } }, { outcomesFailed: { gt: 0 } }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_BATCHES,
    select: { id: true, position: true },
  });
}

async function addWindow(
  store: Store,
  range: { readonly batchId: string; readonly from: number; readonly to: number },
  outcomes: Map<string, RetryOutcomes>,
): Promise<void> {
  const rows = await store.client.$queryRaw<
    { name: string; ended: number | bigint; failed: number | bigint }[]
  >(sql`
    SELECT name, count(*) AS ended, sum(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END) AS failed
    FROM batch_item
    WHERE batch_id = ${range.batchId} AND position >= ${range.from} AND position < ${range.to}
      AND outcome IN ('succeeded', 'failed') AND name IS NOT NULL
    GROUP BY name`);
  for (const { name, ended, failed } of rows) {
    const before = outcomes.get(name) ?? { ended: 0, failed: 0 };
    outcomes.set(name, {
      ended: before.ended + toNumber(ended),
      failed: before.failed + toNumber(failed),
    });
  }
}
