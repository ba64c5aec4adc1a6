import type { Broker } from "@/lib/broker/broker";
import { doubtItems } from "@/lib/store/batch-doubts";
import { listPendingItems, type PendingPage } from "@/lib/store/batch-outcomes";
import type { BatchRecord } from "@/lib/store/batch-record";
import type { EvidenceSources } from "../task-evidence";

const PAGE = 1_000;
/** Redis forgets a mark after 30 days. */
const MARK_LIFE_MS = 29 * 24 * 3_600_000;
const LOST =
  "may be lost: Redis came back without what it had taken last, and this task with it, unless a worker had it by then";

/** What looking for lost tasks takes. */
export interface LossSources extends EvidenceSources {
  readonly broker: Pick<Broker, "kind" | "getDispatchProgress" | "publishTasks">;
}

/**
 * Compares the mark that Redis holds with how far the batch was sent. Redis writes to disk once a second by default, or
 * never: one that crashed has lost what came last, mark and tasks alike. Tasks after the mark of which neither an event
 * nor a result tells become doubtful. Returns the mark, which then is no less than what the batch says.
 */
export async function noteLostTasks(sources: LossSources, batch: BatchRecord): Promise<number | null> {
  const mark = (await sources.broker.getDispatchProgress(batch.id))?.position ?? null;
  // RabbitMQ confirms what it has on disk, and forgets marks.
  if ((mark ?? 0) >= batch.position || sources.broker.kind !== "redis") return mark;
  const isForgotten = mark === null && Date.now() - (batch.movedAt ?? batch.createdAt) > MARK_LIFE_MS;
  if (!isForgotten) await doubtItemsFrom(sources, batch, mark ?? 0);
  await sources.broker.publishTasks([], { batchId: batch.id, position: batch.position, previous: mark });
  return batch.position;
}

async function doubtItemsFrom(
  { store, results }: EvidenceSources,
  batch: BatchRecord,
  from: number,
): Promise<void> {
  for (let after: number | null = from - 1; after !== null; ) {
    const { items, next }: PendingPage = await listPendingItems(store, batch, after, PAGE);
    const silent = items.filter(({ state, position }) => state === null && position < batch.position);
    const ids = silent.map(({ newId }) => newId);
    const rows = ids.length === 0 ? null : await results?.list({ ids }, "-finishedAt", PAGE, null);
    const known = new Set(rows?.rows.map((row) => row.taskId));
    const lost = silent.filter(({ newId }) => !known.has(newId)).map(({ position }) => position);
    await doubtItems(store, batch.id, lost, LOST);
    after = next;
  }
}
