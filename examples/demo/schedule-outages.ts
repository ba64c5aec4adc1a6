import { setTimeout as delay } from "node:timers/promises";

export interface OutagePlan {
  readonly firstAfterMs: number;
  readonly downMs: number;
  readonly upMs: number;
}

/** Calls `switchTo(true)` and `switchTo(false)` in turn, until `signal` ends it. */
export async function scheduleOutages(
  plan: OutagePlan,
  switchTo: (down: boolean) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await delay(plan.firstAfterMs, undefined, { signal });
    for (;;) {
      await switchTo(true);
      await delay(plan.downMs, undefined, { signal });
      await switchTo(false);
      await delay(plan.upMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
