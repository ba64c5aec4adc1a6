import type { BrokerStatus } from "@/lib/broker/broker";

/** A Celery worker waits 2 s, then 4 s and so on up to this, between its attempts to reach a broker that is away. */
const LONGEST_RETURN_MS = 32_000;

/**
 * Tells since when a worker's silence means something: nothing can come while the broker is away, and after that its workers
 * need up to as long again to come back.
 */
export class ListeningClock {
  #awaySince: number | null = null;
  #since = 0;

  /** Epoch ms since when all that workers send has come, ahead of `now` after an outage; null during one. */
  look({ connected, since }: Pick<BrokerStatus, "connected" | "since">, now: number): number | null {
    if (!connected) {
      this.#awaySince ??= since;
      return null;
    }
    if (this.#awaySince !== null) {
      this.#since = now + Math.min(now - this.#awaySince, LONGEST_RETURN_MS);
      this.#awaySince = null;
    }
    // An outage that came and went between two looks.
    return Math.max(this.#since, since);
  }
}
