import { setTimeout as delay } from "node:timers/promises";

/** Long enough for a machine that does ten times as much besides; who must be soon says how soon. */
const DEFAULT_TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

type Truthy<T> = Exclude<T, false | 0 | "" | null | undefined>;

interface WaitOptions {
  readonly timeoutMs?: number;
  /** What is waited for, for the message when it doesn't come; a function is asked at that moment. */
  readonly what?: string | (() => string);
}

/**
 * Asks `condition` until it answers something truthy and returns that. Throws when `timeoutMs` (60 s) have passed; what
 * `condition` itself throws counts as "not yet" and is the error's cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Truthy<T>> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, what = "a condition" } = options;
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    try {
      const answer = await condition();
      // TypeScript does not narrow a type parameter by its truth.
      if (answer) return answer as Truthy<T>;
      cause = undefined;
    } catch (error) {
      if (error instanceof StopWaiting) throw error;
      cause = error;
    }
    if (Date.now() > deadline) {
      const subject = typeof what === "function" ? what() : what;
      throw new Error(`waited ${timeoutMs} ms in vain for ${subject}${describe(cause)}`, { cause });
    }
    await delay(pauseMs);
  }
}

/** Thrown by a condition that can no longer come true: ends the wait at once. */
export class StopWaiting extends Error {
  override readonly name = "StopWaiting";
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `: ${cause.message}` : "";
}
