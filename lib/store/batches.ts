import type { BatchRecord, BatchState } from "./batch-record";
import { toBatchRecord } from "./batch-row";
import { nowMs, sql } from "./sql";
import type { Store } from "./store";

/** Where a page of batches ended: newest first. */
export interface BatchCursor {
  readonly createdAt: number;
  readonly id: string;
}

/** The batch, or the draft, of that id; null when there is none. */
export async function getBatch(store: Store, id: string): Promise<BatchRecord | null> {
  const row = await store.client.batch.findUnique({ where: { id } });
  return row === null ? null : toBatchRecord(row);
}

/** A page of batches without drafts, newest first. */
export async function listBatches(
  store: Store,
  limit: number,
  after: BatchCursor | null,
): Promise<readonly BatchRecord[]> {
  const rows = await store.client.batch.findMany({
    where: {
      state: { not: "draft" },
      ...(after && {
        OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
      }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map(toBatchRecord);
}

/** Batches that a person may want to look at now: those that run or are paused, newest first, at most 20. */
export async function listLiveBatches(store: Store): Promise<readonly BatchRecord[]> {
  const rows = await store.client.batch.findMany({
    where: { state: { in: ["running", "paused"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 20,
  });
  return rows.map(toBatchRecord);
}

const MOVES = {
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused", "failed"], to: "running" },
  cancel: { from: ["running", "paused", "failed"], to: "cancelled" },
} as const satisfies Record<string, { from: readonly BatchState[]; to: BatchState }>;
export type BatchMove = keyof typeof MOVES;

/**
 * Pauses, resumes or cancels. `moved` is false, and the batch as it is, when its state allows no such move; null when
 * there is no such batch. A chunk that is on its way at that moment is still counted once the broker's mark is read.
 */
export async function moveBatch(
  store: Store,
  id: string,
  move: BatchMove,
): Promise<{ readonly moved: boolean; readonly batch: BatchRecord } | null> {
  const { from, to } = MOVES[move];
  const finishedAt = to === "cancelled" ? sql`${nowMs(store.provider)}` : sql`NULL`;
  const [first, second = first, third = first] = from;
  const count = await store.client.$executeRaw(sql`
    UPDATE batch SET state = ${to}, finished_at = ${finishedAt}, error = NULL, waits_for = NULL
    WHERE id = ${id} AND state IN (${first}, ${second}, ${third})`);
  const batch = await getBatch(store, id);
  if (batch === null || batch.state === "draft") return null;
  return { moved: count > 0, batch };
}

/** Notes what keeps a batch from going on (null: nothing), for as long as `lease` holds it. */
export async function setBatchError(
  store: Store,
  id: string,
  lease: string,
  error: string | null,
): Promise<void> {
  await store.client.batch.updateMany({ where: { id, leaseOwner: lease }, data: { error } });
}

/** Notes what a batch waits for by its own rules, such as room in its queue, for as long as `lease` holds it. */
export async function setBatchWaitsFor(
  store: Store,
  id: string,
  lease: string,
  waitsFor: string,
): Promise<void> {
  await store.client.batch.updateMany({ where: { id, leaseOwner: lease }, data: { waitsFor, error: null } });
}

/** Ends a batch that can't go on, for as long as `lease` holds it; a person may resume it. */
export async function failBatch(store: Store, id: string, lease: string, error: string): Promise<void> {
  await store.client.$executeRaw(sql`
    UPDATE batch SET state = 'failed', error = ${error}, waits_for = NULL, finished_at = ${nowMs(store.provider)}
    WHERE id = ${id} AND lease_owner = ${lease} AND state IN ('running', 'paused')`);
}
