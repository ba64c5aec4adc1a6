import { describe, expect, test } from "vitest";
import { chooseCut, isDroppedForSize } from "@/lib/collector/slice-rules";

const DAY = Date.UTC(2026, 10, 18);
const HOUR_MS = 3_600_000;
const noon = DAY + 12 * HOUR_MS;

describe("chooseCut", () => {
  const cut = (now: number, { from = DAY, beganAt = DAY - 60_000, grownBytes = 0 } = {}) =>
    chooseCut({ newest: { from, beganAt }, grownBytes, limitBytes: 1_000, now });

  test("is midnight UTC, from a minute before it", () => {
    const midnight = DAY + 24 * HOUR_MS;
    expect(cut(noon)).toBeNull();
    expect(cut(midnight - 60_001)).toBeNull();
    expect(cut(midnight - 60_000)).toBe(midnight);
    expect(cut(midnight - 1, { from: midnight })).toBeNull();
  });

  test("is at once where nobody looked at midnight", () => {
    expect(cut(noon, { from: DAY - 24 * HOUR_MS })).toBe(noon + 2_000);
    expect(cut(noon, { from: Number.NEGATIVE_INFINITY, beganAt: DAY - 1 })).toBe(noon + 2_000);
    expect(cut(noon, { from: Number.NEGATIVE_INFINITY, beganAt: DAY })).toBeNull();
  });

  test("is now once the store has grown by more than a tenth of its limit", () => {
    expect(cut(noon, { grownBytes: 100 })).toBeNull();
    expect(cut(noon, { grownBytes: 101 })).toBe(noon + 2_000);
  });
});

describe("isDroppedForSize", () => {
  /** Slices that began at these used bytes, the oldest first. */
  const isDropped = (began: number[], used: number) =>
    isDroppedForSize(began.map((beganBytes) => ({ beganBytes })).reverse(), used, 1_000);

  test("says so of the oldest once the store uses more than it may", () => {
    expect(isDropped([0, 100, 200], 1_000)).toBe(false);
    expect(isDropped([0, 100, 200], 1_001)).toBe(true);
  });

  test("never says so of the only one", () => {
    expect(isDropped([0], 5_000)).toBe(false);
  });

  test("spares one of more than half of the limit until there is that much without it", () => {
    expect(isDropped([0, 501], 1_001)).toBe(true);
    expect(isDropped([0, 5_000], 5_001)).toBe(false);
    expect(isDropped([0, 5_000], 5_499)).toBe(false);
    expect(isDropped([0, 5_000], 5_500)).toBe(true);
  });
});
