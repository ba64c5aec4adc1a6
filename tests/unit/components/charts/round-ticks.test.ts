import { expect, test } from "vitest";
import { findRoundBuckets, listRoundTicks } from "@/components/charts/round-ticks";
import { formatInstant } from "@/lib/format/instant";

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 2026-11-27 02:31:07 in the tests' zone, which is 5:45 hours before UTC. */
const START = Date.UTC(2026, 10, 26, 20, 46, 7);

function clock(ticks: readonly number[]) {
  return ticks.map((at) => formatInstant(at, ZONE).slice(11));
}

test("ticks are where the reader's clock is round", () => {
  expect(clock(listRoundTicks(START, START + 15 * MINUTE))).toEqual(["02:35:00", "02:40:00", "02:45:00"]);
  expect(clock(listRoundTicks(START, START + HOUR))).toEqual([
    "02:45:00",
    "03:00:00",
    "03:15:00",
    "03:30:00",
  ]);
  expect(clock(listRoundTicks(START, START + 24 * HOUR))).toEqual(
    ["03", "06", "09", "12", "15", "18", "21", "00"].map((hour) => `${hour}:00:00`),
  );
});

test("a bar has the round time that falls into it", () => {
  const every = (size: number, count: number) =>
    Array.from({ length: count }, (_, index) => Math.floor(START / size) * size + index * size);
  const ofTenSeconds = findRoundBuckets(every(10_000, 90));
  expect(clock([...ofTenSeconds.values()])).toEqual(["02:35:00", "02:40:00", "02:45:00"]);
  expect([...ofTenSeconds.keys()]).toEqual([...ofTenSeconds.values()]);
  // Buckets of an hour begin a quarter to the hour there.
  const ofAnHour = findRoundBuckets(every(HOUR, 24));
  expect(clock([...ofAnHour.values()])).toContain("03:00:00");
  expect(clock([...ofAnHour.keys()])).toContain("02:45:00");
  expect(findRoundBuckets([])).toEqual(new Map());
});
