import type { Batch } from "@/lib/api/schemas/redispatches";
import { recordAction } from "@/lib/control/record-action";
import { confirmDoubts } from "@/lib/store/batch-doubts";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { requireBatch, viewBatch } from "./batch-view";

/**
 * Counts the batch's doubtful tasks as sent, notes who decided that, and returns the batch. Throws AppError
 * `not_found` when there is no such batch.
 */
export async function decideDoubts(store: Store, id: string, actor: string): Promise<Batch> {
  await requireBatch(store, id);
  const action = { actor, action: "retry-count-as-sent", target: id, request: {} };
  return recordAction(store, action, async () => {
    const count = await confirmDoubts(store, id, null);
    await bumpTopics(store, ["redispatches"]);
    return { result: `${count} counted as sent.`, value: viewBatch(await requireBatch(store, id)) };
  });
}
