const FIRST_RETRY_MS = 50;
/** With the time-out of an attempt: a broker that is back is noticed within 3 s. */
const LAST_RETRY_MS = 1_000;

/** Doubles from 50 ms to 1 s, each delay cut by a random half so that many processes do not come back at once. */
export function chooseRetryDelay(attempt: number): number {
  const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.round(delay * (1 - Math.random() / 2));
}
