import { expect, test } from "vitest";
import { chooseRetryDelay } from "@/lib/broker/link/choose-retry-delay";

/** The delays of many who fail for the n-th time. */
function sampleDelays(attempt: number): number[] {
  return Array.from({ length: 500 }, () => chooseRetryDelay(attempt));
}

test.each([
  [1, 50],
  [2, 100],
  [4, 400],
  [5, 800],
  [6, 1_000],
  [7, 1_000],
  [100_000, 1_000],
])("after %i failures up to %i ms, and at least half of it", (attempt, longest) => {
  const delays = sampleDelays(attempt);
  expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
  // Many processes don't come back at once.
  expect(new Set(delays).size).toBeGreaterThan(10);
});
