import type { Batch } from "@/lib/api/schemas/redispatches";
import { recordAction } from "@/lib/control/record-action";
import { AppError } from "@/lib/errors";
import { type BatchMove, moveBatch } from "@/lib/store/batches";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { viewBatch } from "./batch-view";

const PAST = { pause: "paused", resume: "resumed", cancel: "cancelled" } as const satisfies Record<
  BatchMove,
  string
>;

/**
 * Pauses, resumes or cancels a batch, notes who did, and returns it. Throws AppError `not_found` when there is none,
 * `conflict` with the state it is in when that allows no such move.
 */
export async function moveBatchOrRefuse(
  store: Store,
  id: string,
  { move, actor }: { readonly move: BatchMove; readonly actor: string },
): Promise<Batch> {
  const action = { actor, action: `retry-${move}`, target: id, request: {} };
  return recordAction(store, action, async () => {
    const value = await moveBatchOf(store, id, move);
    return { result: `The batch was ${PAST[move]}.`, value };
  });
}

async function moveBatchOf(store: Store, id: string, move: BatchMove): Promise<Batch> {
  const result = await moveBatch(store, id, move);
  if (result === null) throw new AppError("not_found", `There is no batch ${id}.`);
  if (!result.moved) {
    throw new AppError("conflict", `The batch is ${result.batch.state} and can't be ${PAST[move]}.`);
  }
  await bumpTopics(store, ["redispatches"]);
  return viewBatch(result.batch);
}
