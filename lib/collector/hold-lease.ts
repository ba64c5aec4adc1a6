import { acquireLease, releaseLease } from "@/lib/store/leases";
import type { CollectorServices } from "./collector-services";
import { repeat } from "./repeat";

const LEASE_NAME = "collector";

export interface LeaseOptions {
  /** Unique to this process. */
  readonly owner: string;
  /** After this long without a renewal another collector takes over. */
  readonly ttlMs?: number;
}

/**
 * Waits until this process is the active collector, then runs `work` until `signal` aborts or the lease is lost (its
 * signal then aborts), and stands by again. Gives the lease back at the end, so that another takes over at once.
 */
export async function holdLease(
  services: Pick<CollectorServices, "store" | "logger" | "signal">,
  { owner, ttlMs = 3_000 }: LeaseOptions,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { store, logger, signal } = services;
  let term: { readonly ended: AbortController; readonly done: Promise<void>; heldUntil: number } | null =
    null;

  async function renew() {
    const askedAt = performance.now();
    const isOurs = await acquireLease(store, LEASE_NAME, owner, ttlMs).catch((error: unknown) => {
      // The store is away for everyone; the lease is ours until it runs out.
      if (term === null || performance.now() < term.heldUntil) throw error;
      return false;
    });
    if (isOurs && term !== null) {
      term.heldUntil = askedAt + ttlMs;
    } else if (isOurs) {
      logger.info("is the active collector");
      const ended = new AbortController();
      term = { ended, done: run(ended.signal), heldUntil: askedAt + ttlMs };
    } else if (term !== null) {
      logger.warn("is no longer the active collector");
      await end();
    }
  }
  /** A bug in the work must not pass for a collector that works: the process ends, and is started again. */
  function run(ended: AbortSignal): Promise<void> {
    return work(ended).catch((error: unknown) => {
      logger.fatal({ err: error }, "the collector failed");
      process.exit(70);
    });
  }
  async function end() {
    term?.ended.abort();
    await term?.done;
    term = null;
  }

  await repeat({ name: "lease", everyMs: ttlMs / 4, work: renew, logger, signal });
  await end();
  await releaseLease(store, LEASE_NAME, owner).catch((error: unknown) =>
    logger.warn({ error: String(error) }, "can't give the lease back; it runs out by itself"),
  );
}
