import { AppError } from "@/lib/errors";
import { DRAFT_LIFETIME_MS } from "./batch-drafts";
import type { BatchOptions } from "./batch-record";
import { jsonRows } from "./json-rows";
import { joinSql, nowMs, sql } from "./sql";
import type { Store } from "./store";

type Client = Pick<Store["client"], "$executeRaw" | "$queryRaw">;

/** Args and kwargs that a person supplied for one task: JSON texts, already checked. */
export interface ArgsOverride {
  readonly id: string;
  readonly args: string;
  readonly kwargs: string;
}

/** What a person decided when the preview was confirmed. */
export interface DraftStart {
  readonly id: string;
  readonly actor: string;
  readonly reason: string;
  readonly ratePerSecond: number | null;
  readonly options: BatchOptions;
  /** For all tasks; null keeps what the preview chose. */
  readonly queue: string | null;
  /** Reasons that don't block any more. */
  readonly unblock: readonly string[];
  /** Reasons that end where args are supplied. */
  readonly endedByArgs: readonly string[];
  readonly overrides: readonly ArgsOverride[];
}

/**
 * Makes a running batch of a draft. Throws AppError `not_found` when there is no such draft or its hour is over,
 * `conflict` when a batch was made of it before, `unprocessable` when an override names a task that is not in it.
 */
export async function startDraft(store: Store, start: DraftStart): Promise<void> {
  await store.client.$transaction(
    async (client) => {
      await takeDraft(client, store, start);
      if (start.queue !== null) {
        await client.$executeRaw(sql`
        UPDATE batch_item SET queue = ${start.queue}, queue_rule = 'operator'
        WHERE batch_id = ${start.id} AND (queue_rule IS NULL OR queue_rule <> 'operator' OR queue <> ${start.queue})`);
      }
      await applyOverrides(client, store, start);
      if (start.unblock.length > 0) {
        await client.$executeRaw(sql`
        UPDATE batch_item SET status = 'waiting', reason = NULL
        WHERE batch_id = ${start.id} AND status = 'skipped' AND reason IN (${joinSql([...start.unblock])})`);
      }
      await client.$executeRaw(sql`
      UPDATE batch SET skipped = (
        SELECT count(*) FROM batch_item WHERE batch_id = ${start.id} AND status = 'skipped')
      WHERE id = ${start.id}`);
    },
    { timeout: 60_000, maxWait: 15_000 },
  );
}

async function takeDraft(client: Client, store: Store, start: DraftStart): Promise<void> {
  const now = nowMs(store.provider);
  const taken = await client.$executeRaw(sql`
    UPDATE batch SET state = 'running', actor = ${start.actor}, reason = ${start.reason},
      rate_per_second = ${start.ratePerSecond}, options = ${JSON.stringify(start.options)}, created_at = ${now}
    WHERE id = ${start.id} AND state = 'draft' AND created_at >= ${now} - ${DRAFT_LIFETIME_MS}`);
  if (taken > 0) return;
  const rows = await client.$queryRaw<{ state: string }[]>(
    sql`SELECT state FROM batch WHERE id = ${start.id}`,
  );
  const state = rows[0]?.state;
  if (state === undefined || state === "draft") {
    throw new AppError(
      "not_found",
      "snapshot: there is no such preview, or it is more than an hour old; make a new one.",
    );
  }
  throw new AppError("conflict", `snapshot: a batch was already made of this preview; it is ${state}.`);
}

async function applyOverrides(client: Client, store: Store, start: DraftStart): Promise<void> {
  if (start.overrides.length === 0) return;
  const rows = jsonRows(
    store.provider,
    start.overrides.map(({ id, args, kwargs }) => ({ id, args, kwargs })),
    { id: "text", args: "text", kwargs: "text" },
  );
  const isEnded = sql`(status = 'skipped' AND reason IN (${joinSql([...start.endedByArgs])}))`;
  await client.$executeRaw(sql`
    UPDATE batch_item SET args = r.args, kwargs = r.kwargs,
      status = CASE WHEN ${isEnded} THEN 'waiting' ELSE status END,
      reason = CASE WHEN ${isEnded} THEN NULL ELSE reason END
    FROM ${rows} WHERE batch_item.batch_id = ${start.id} AND batch_item.original_id = r.id`);
  const missing = await client.$queryRaw<{ id: string }[]>(sql`
    SELECT r.id FROM ${rows} WHERE NOT EXISTS (
      SELECT 1 FROM batch_item i WHERE i.batch_id = ${start.id} AND i.original_id = r.id) LIMIT 1`);
  if (missing[0]) {
    throw new AppError("unprocessable", `overrides: task ${missing[0].id} is not in this preview.`);
  }
}
