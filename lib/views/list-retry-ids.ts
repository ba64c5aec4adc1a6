import type { z } from "zod";
import type { batchRetryIdsQuerySchema, batchRetryIdsSchema } from "@/lib/api/schemas/redispatches";
import { listDoubtfulOriginals } from "@/lib/store/batch-doubts";
import { listFailedIds } from "@/lib/store/batch-outcomes";
import type { Store } from "@/lib/store/store";

/** As many as a selection of ids may have. */
const MOST_IDS = 100_000;

/** The tasks of a batch that a person wants to retry once more. */
export async function listRetryIds(
  store: Store,
  batchId: string,
  { of, error }: z.infer<typeof batchRetryIdsQuerySchema>,
): Promise<z.infer<typeof batchRetryIdsSchema>> {
  const limit = MOST_IDS + 1;
  const found =
    of === "doubtful"
      ? await listDoubtfulOriginals(store, batchId, limit)
      : await listFailedIds(store, batchId, { error: error === "" ? null : error, limit });
  return { ids: found.slice(0, MOST_IDS), isComplete: found.length <= MOST_IDS };
}
