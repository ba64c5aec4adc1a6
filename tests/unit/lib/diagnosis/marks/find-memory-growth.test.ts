import { expect, test } from "vitest";
import { findMemoryGrowth } from "@/lib/diagnosis/marks/find-memory-growth";

const MB = 1024 * 1024;
const MINUTE = 60_000;
const T = 1_795_000_000_000;

/** A sample a minute over `minutes`, the last one included: megabytes as `megabytesAt` says, of process 7. */
function sample(minutes: number, megabytesAt: (minute: number) => number) {
  return Array.from({ length: minutes + 1 }, (_, minute) => ({
    ...{ hostname: "w@box", at: T + minute * MINUTE, pid: 7 },
    maxRssBytes: Math.round(megabytesAt(minute) * MB),
  }));
}

test("a steady rise over half an hour is told with its figures", () => {
  expect(findMemoryGrowth(sample(30, (minute) => 100 + minute))).toEqual({
    ...{ fromBytes: 100 * MB, toBytes: 130 * MB, seconds: 1_800 },
  });
});

test("the longest stretch that rose is told", () => {
  expect(findMemoryGrowth(sample(360, (minute) => 100 + minute))).toMatchObject({ seconds: 21_600 });
  const late = sample(360, (minute) => 100 + Math.max(0, minute - 320));
  expect(findMemoryGrowth(late)).toEqual({ fromBytes: 110 * MB, toBytes: 140 * MB, seconds: 1_800 });
});

test("a leak that comes in steps, as the peak of a heap does, is a rise", () => {
  expect(findMemoryGrowth(sample(120, (minute) => 100 + 10 * Math.floor(minute / 7)))).not.toBeNull();
});

test.each([
  ["a process that has warmed up", sample(120, (minute) => 100 + 60 * (1 - Math.exp(-minute / 10)))],
  ["one large task", sample(120, (minute) => (minute < 50 ? 100 : 180))],
  ["two large tasks", sample(120, (minute) => (minute < 50 ? 100 : minute < 80 ? 140 : 180))],
  ["no rise at all", sample(120, () => 100)],
  ["less than a fifth", sample(120, (minute) => 200 + minute * 0.3)],
  ["a fifth of almost nothing", sample(120, (minute) => 30 + minute * 0.15)],
  ["less than half an hour", sample(25, (minute) => 100 + minute * 4)],
  ["nothing to look at", []],
])("%s is none", (_what, samples) => {
  expect(findMemoryGrowth(samples)).toBeNull();
});

test("what a process before this one used does not count", () => {
  const before = sample(60, (minute) => 50 + minute).map((one) => ({
    ...one,
    at: one.at - 61 * MINUTE,
    pid: 6,
  }));
  expect(findMemoryGrowth([...before, ...sample(20, (minute) => 100 + 5 * minute)])).toBeNull();
  expect(findMemoryGrowth([...before, ...sample(30, (minute) => 100 + minute)])?.fromBytes).toBe(100 * MB);
});
