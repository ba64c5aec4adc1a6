import type { BatchItemRecord, BatchOptions } from "./batch-record";
import { jsonRows } from "./json-rows";
import { nowMs, sql } from "./sql";
import type { Store } from "./store";

/** How long a preview may be looked at before it must be made again. */
export const DRAFT_LIFETIME_MS = 3_600_000;
/** Between a draft's end and its deletion, so that a start at the last moment loses nothing. */
const DELETION_DELAY_MS = 60_000;

/** What is known of a batch before its tasks are. */
export interface NewDraft {
  readonly id: string;
  readonly actor: string;
  readonly selection: string;
  readonly selectionQuery: string | null;
  readonly options: BatchOptions;
}

/** An item as the plan made it: waiting, or skipped with the reason that blocks it. */
export type NewBatchItem = Omit<BatchItemRecord, "outcome" | "error" | "args" | "kwargs">;

/** Begins a draft without items. */
export async function createDraft(store: Store, draft: NewDraft): Promise<void> {
  await store.client.$executeRaw(sql`
    INSERT INTO batch (id, state, actor, reason, selection, selection_query, options, total, created_at)
    VALUES (${draft.id}, 'draft', ${draft.actor}, '', ${draft.selection}, ${draft.selectionQuery},
      ${JSON.stringify(draft.options)}, 0, ${nowMs(store.provider)})`);
}

/** Adds items to a draft (at most a few thousand at once); their positions must go on where the last ones ended. */
export async function addDraftItems(
  store: Store,
  batchId: string,
  items: readonly NewBatchItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = jsonRows(
    store.provider,
    items.map((item) => ({
      position: item.position,
      original_id: item.originalId,
      new_id: item.newId,
      name: item.name,
      queue: item.queue,
      queue_rule: item.queueRule,
      status: item.status,
      reason: item.reason,
      fingerprint: item.fingerprint,
      after: item.after,
    })),
    {
      position: "integer",
      original_id: "text",
      new_id: "text",
      name: "text",
      queue: "text",
      queue_rule: "text",
      status: "text",
      reason: "text",
      fingerprint: "text",
      after: "text",
    },
  );
  await store.client.$executeRaw(sql`
    INSERT INTO batch_item (batch_id, position, original_id, new_id, name, queue, queue_rule, status, reason,
      fingerprint, after)
    SELECT ${batchId}, r.position, r.original_id, r.new_id, r.name, r.queue, r.queue_rule, r.status, r.reason,
      r.fingerprint, r.after
    FROM ${rows}`);
}

/** Ends the making of a draft: it has `total` items, `skipped` of them blocked. */
export async function sealDraft(
  store: Store,
  id: string,
  counts: { readonly total: number; readonly skipped: number },
): Promise<void> {
  await store.client.batch.updateMany({ where: { id, state: "draft" }, data: counts });
}

/** Gives up a draft before its time: nothing can be started of it, and it is the next to be deleted. */
export async function abandonDraft(store: Store, id: string): Promise<void> {
  await store.client.batch.updateMany({ where: { id, state: "draft" }, data: { createdAt: 0 } });
}

/**
 * Deletes at most `limit` items of a draft that is past its time, and the draft once it has none. Returns whether
 * there may be more to delete.
 */
export async function deleteExpiredDraft(store: Store, limit: number): Promise<boolean> {
  const isExpired = sql`state = 'draft'
    AND created_at < ${nowMs(store.provider)} - ${DRAFT_LIFETIME_MS + DELETION_DELAY_MS}`;
  const drafts = await store.client.$queryRaw<{ id: string }[]>(
    sql`SELECT id FROM batch WHERE ${isExpired} LIMIT 1`,
  );
  const id = drafts[0]?.id;
  if (id === undefined) return false;
  await deleteDraftItems(store, id, limit);
  await store.client.$executeRaw(sql`
    DELETE FROM batch WHERE id = ${id} AND ${isExpired}
      AND NOT EXISTS (SELECT 1 FROM batch_item WHERE batch_id = ${id})`);
  return true;
}

async function deleteDraftItems(store: Store, id: string, limit: number): Promise<void> {
  await store.client.$executeRaw(sql`
    DELETE FROM batch_item WHERE batch_id = ${id} AND position IN (
      SELECT position FROM batch_item WHERE batch_id = ${id} ORDER BY position LIMIT ${limit})`);
}
