import { expect, test } from "vitest";
import { getReservedSince, tellItsTime } from "@/lib/diagnosis/held-time";

const NOW = 1_795_000_000_000;

test.each([
  [0, NOW],
  [1_999, NOW],
  [-2_000, NOW],
  [5_000, NOW + 5_000],
  [-600_000, NOW - 600_000],
])("a worker whose clock is ahead by %i ms says it is %i", (clockAheadMs, itsNow) => {
  expect(tellItsTime({ clockAheadMs }, NOW)).toBe(itsNow);
});

test("a worker that is not known has our time", () => {
  expect(tellItsTime(undefined, NOW)).toBe(NOW);
});

test.each([
  ["without an eta, since it came", null, NOW - 9_000],
  ["with an eta that has passed, since then", new Date(NOW - 4_000).toISOString(), NOW - 4_000],
  ["with an eta before it came, since it came", new Date(NOW - 60_000).toISOString(), NOW - 9_000],
  ["before its eta it is not waiting", new Date(NOW + 1).toISOString(), null],
  ["with an eta that nobody can read it is not known", "soon", null],
])("%s", (_what, eta, since) => {
  expect(getReservedSince({ eta, receivedAt: NOW - 9_000 }, NOW)).toBe(since);
});

test("of a task that was never seen to come it is not known since when", () => {
  expect(getReservedSince({ eta: null, receivedAt: null }, NOW)).toBeNull();
});
