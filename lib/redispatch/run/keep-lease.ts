import type { BatchHold } from "@/lib/store/batch-hold";
import { renewBatchLease } from "@/lib/store/batch-lease";
import type { Store } from "@/lib/store/store";
import { pause } from "./pause";

/** A lease that is renewed while its batch runs. */
export interface KeptLease {
  /** True when another process has the batch by now. */
  readonly isLost: boolean;
  /** Renews it no more. */
  stop(): Promise<void>;
}

/**
 * Renews the lease four times in its life, until `signal` aborts: then there is time to settle what was begun. A process
 * that stalls for longer loses it.
 */
export function keepLease(
  store: Store,
  { batchId, lease, leaseMs }: BatchHold,
  signal: AbortSignal,
): KeptLease {
  const stopping = new AbortController();
  const ending = AbortSignal.any([stopping.signal, signal]);
  let isLost = false;
  const ended = (async () => {
    while (!isLost && !ending.aborted) {
      await pause(leaseMs / 4, ending);
      if (ending.aborted) return;
      // While the store is away nobody else can take the batch, either.
      isLost = await renewBatchLease(store, batchId, lease, leaseMs).then(
        (isHeld) => !isHeld,
        () => false,
      );
    }
  })();
  return {
    get isLost() {
      return isLost;
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
