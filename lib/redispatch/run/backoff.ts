const FIRST_MS = 250;

/** Waiting times after one failure after another. */
export interface Backoff {
  /** The time to wait after one more failure: doubled each time up to the cap, less a random part of up to half. */
  next(): number;
  /** Failures since the last success. */
  readonly failures: number;
  reset(): void;
}

/** Returns a back-off whose waits never exceed `capMs`. */
export function createBackoff(capMs: number): Backoff {
  let failures = 0;
  return {
    next() {
      const fullMs = Math.min(capMs, FIRST_MS * 2 ** Math.min(failures, 20));
      failures += 1;
      return fullMs * (0.5 + Math.random() / 2);
    },
    get failures() {
      return failures;
    },
    reset() {
      failures = 0;
    },
  };
}
