import type { BatchRecord } from "./batch-record";
import { toBatchRecord } from "./batch-row";
import { jsonRows } from "./json-rows";
import { nowMs, sql, toNumber } from "./sql";
import type { Store } from "./store";
import { listTaskStates } from "./task-states";

/** A sent item whose end isn't known yet. `state` is what the events told of its new task, null for nothing. */
export interface PendingItem {
  readonly position: number;
  readonly newId: string;
  readonly state: string | null;
}

/** How a sent item ended; `error` is the kind of its error, null where it has none or none is known. */
export interface EndedItem {
  readonly position: number;
  readonly outcome: "succeeded" | "failed";
  readonly error: string | null;
}

/** Tasks that failed again with one kind of error; null of those of which none is known. */
export interface FailureGroup {
  readonly error: string | null;
  readonly count: number;
  /** One of them. */
  readonly exampleId: string;
}

/**
 * Batches with sent items of unknown end, or with doubtful ones, that still send, or ended their sending at most
 * `maxAgeMs` ago.
 */
export async function listFollowedBatches(store: Store, maxAgeMs: number): Promise<readonly BatchRecord[]> {
  const ids = await store.client.$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM batch
    WHERE state <> 'draft' AND (dispatched > outcomes_succeeded + outcomes_failed OR doubtful > 0)
      AND (finished_at IS NULL OR finished_at > ${nowMs(store.provider)} - ${maxAgeMs})
    ORDER BY created_at DESC LIMIT 1000`);
  const rows = await store.client.batch.findMany({
    where: { id: { in: ids.map((row) => row.id) } },
    take: 1000,
  });
  return rows.map(toBatchRecord);
}

/** Items looked at in one statement: libsql blocks the process while it runs one. */
const WINDOW_ITEMS = 20_000;
/** By how much a worker's clock may be behind: what was sent by a batch has not ended before the batch was made. */
const CLOCK_SKEW_MS = 86_400_000;

/** Some sent items of unknown end, and the position after which the next ones are to be looked for; null at the end. */
export interface PendingPage {
  readonly items: readonly PendingItem[];
  readonly next: number | null;
}

/** The next sent items of unknown end after `afterPosition` (-1: from the first), at most `limit`, often fewer. */
export async function listPendingItems(
  store: Store,
  batch: Pick<BatchRecord, "id" | "total" | "position" | "createdAt">,
  afterPosition: number,
  limit: number,
): Promise<PendingPage> {
  const last = afterPosition + WINDOW_ITEMS;
  const rows = await store.client.$queryRaw<{ position: number | bigint; new_id: string }[]>(sql`
    SELECT position, new_id FROM batch_item
    WHERE batch_id = ${batch.id} AND outcome IS NULL
      AND position > ${afterPosition} AND position <= ${last}
      AND (status = 'sent' OR (status = 'waiting' AND position < ${batch.position}))
    ORDER BY position LIMIT ${limit}`);
  const states = await listTaskStates(
    store,
    rows.map((row) => row.new_id),
    batch.createdAt - CLOCK_SKEW_MS,
  );
  const items = rows.map((row) => ({
    position: toNumber(row.position),
    newId: row.new_id,
    state: states.get(row.new_id) ?? null,
  }));
  const seenTo = items.length < limit ? last : (items.at(-1)?.position ?? last);
  return { items, next: seenTo + 1 < batch.total ? seenTo : null };
}

/** Writes how items ended; one whose end is known already is left alone. Returns how many were new. */
export async function saveOutcomes(
  store: Store,
  batchId: string,
  items: readonly EndedItem[],
): Promise<number> {
  if (items.length === 0) return 0;
  const rows = jsonRows(
    store.provider,
    // With the batch's id in each row both databases look up each item; else they may go through all of the batch.
    items.map(({ position, outcome, error }) => ({ batch_id: batchId, position, outcome, error })),
    { batch_id: "text", position: "integer", outcome: "text", error: "text" },
  );
  return store.client.$transaction(async (client) => {
    // The batch's row first, as everywhere: one order of locks.
    await client.$executeRaw(sql`UPDATE batch SET moved_at = ${nowMs(store.provider)} WHERE id = ${batchId}`);
    // Before its first ANALYZE PostgreSQL believes that hardly a row fulfils two plain conditions, and compares all with all.
    const written = await client.$queryRaw<{ outcome: string }[]>(sql`
      UPDATE batch_item SET outcome = r.outcome, error = r.error FROM ${rows}
      WHERE batch_item.batch_id = r.batch_id AND batch_item.position = r.position
        AND CASE WHEN batch_item.outcome IS NULL THEN batch_item.status IN ('sent', 'waiting') END
      RETURNING batch_item.outcome`);
    const failed = written.filter((row) => row.outcome === "failed").length;
    await client.$executeRaw(sql`
      UPDATE batch SET outcomes_succeeded = outcomes_succeeded + ${written.length - failed},
        outcomes_failed = outcomes_failed + ${failed}
      WHERE id = ${batchId}`);
    return written.length;
  });
}

/** What failed again, by the kind of error, the most frequent first; at most `limit` kinds. */
export async function listFailureGroups(
  store: Store,
  batchId: string,
  limit: number,
): Promise<readonly FailureGroup[]> {
  const rows = await store.client.$queryRaw<
    { error: string | null; count: number | bigint; example_id: string }[]
  >(sql`
    SELECT error, count(*) AS count, min(new_id) AS example_id FROM batch_item
    WHERE batch_id = ${batchId} AND outcome = 'failed'
    GROUP BY error ORDER BY count(*) DESC, error LIMIT ${limit}`);
  return rows.map((row) => ({
    error: row.error,
    count: toNumber(row.count),
    exampleId: row.example_id,
  }));
}

/** The new ids of tasks that failed again (of one kind of error, or all when `error` is undefined), at most `limit`. */
export async function listFailedIds(
  store: Store,
  batchId: string,
  { error, limit }: { readonly error: string | null | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await store.client.batchItem.findMany({
    where: { batchId, outcome: "failed", ...(error !== undefined && { error }) },
    select: { newId: true },
    orderBy: { position: "asc" },
    take: limit,
  });
  return rows.map((row) => row.newId);
}
