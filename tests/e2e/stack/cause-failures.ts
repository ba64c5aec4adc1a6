import { expect } from "@playwright/test";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import type { Stack } from "./test";

const ALL_RETRIES_USED_MS = 90_000;

export interface Outage {
  /** Calls of the shop while the outside service is down. */
  readonly calls: number;
  readonly seed: number;
  /** How many of `filter` must have failed before the service comes back. */
  readonly enough: number;
  readonly filter: TaskFilter;
}

/** Takes the outside service down until enough tasks have failed for good, and brings it back. */
export async function causeFailures(stack: Stack, { calls, seed, enough, filter }: Outage): Promise<void> {
  await stack.setOutage(true);
  await stack.sendBurst(calls, seed);
  await expect
    .poll(() => stack.api.countTasks({ ...filter, state: ["FAILURE"] }), { timeout: ALL_RETRIES_USED_MS })
    .toBeGreaterThanOrEqual(enough);
  await stack.setOutage(false);
}
