import { randomUUID } from "node:crypto";
import { deleteExpiredDraft } from "@/lib/store/batch-drafts";
import type { BatchHold } from "@/lib/store/batch-hold";
import { claimBatch } from "@/lib/store/batch-lease";
import { createBackoff } from "./backoff";
import type { DispatchServices } from "./dispatch-services";
import { pause } from "./pause";
import { runBatch } from "./run-batch";

/** A process that is silent for this long has lost its batches to the others. A test takes less. */
const LEASE_MS = 10_000;
/** A slow batch must not hold up the others; each is a few queries a chunk. */
const MAX_RUNNING = 8;
const IDLE_MS = 400;
const CLEAN_EVERY_MS = 60_000;
const CLEAN_ROWS = 5_000;
const WAIT_CAP_MS = 5_000;

/**
 * Claims and runs batches, several at once, and deletes expired previews, until `signal` aborts; then it resolves
 * when the chunks at hand are settled. Never rejects. Any number of processes may do this at the same time.
 */
export async function runBatches(services: DispatchServices, leaseMs = LEASE_MS): Promise<void> {
  const { store, signal, logger } = services;
  const running = new Set<Promise<void>>();
  const backoff = createBackoff(WAIT_CAP_MS);
  let cleanedAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      const isFull = running.size >= MAX_RUNNING;
      const hold = isFull ? null : await claim(services, leaseMs);
      if (hold !== null) {
        logger.info({ batchId: hold.batchId }, "running batch");
        const run = runBatch(services, hold).finally(() => running.delete(run));
        running.add(run);
        continue;
      }
      if (performance.now() - cleanedAt > CLEAN_EVERY_MS && !(await deleteExpiredDraft(store, CLEAN_ROWS))) {
        cleanedAt = performance.now();
      }
      backoff.reset();
      await pause(IDLE_MS, signal);
    } catch (error) {
      logger.warn({ error: String(error) }, "can't look for batches");
      await pause(backoff.next(), signal);
    }
  }
  await Promise.all(running);
}

async function claim({ store }: DispatchServices, leaseMs: number): Promise<BatchHold | null> {
  const lease = randomUUID();
  const batchId = await claimBatch(store, lease, leaseMs);
  return batchId === null ? null : { batchId, lease, leaseMs };
}
