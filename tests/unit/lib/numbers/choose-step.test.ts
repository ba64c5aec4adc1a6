import { expect, test } from "vitest";
import { chooseStep } from "@/lib/numbers/choose-step";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 27, 12);

test.each([
  ["an hour", HOUR, 60, MINUTE],
  ["an hour in a few points", HOUR, 30, 2 * MINUTE],
  ["a day", DAY, 300, 5 * MINUTE],
  ["a week", 7 * DAY, 300, HOUR],
  ["ninety days", 90 * DAY, 300, 12 * HOUR],
  ["ten years", 3650 * DAY, 300, 13 * DAY],
])("%s takes the shortest round step", (_, lastMs, points, stepMs) => {
  const found = chooseStep({ from: NOON - lastMs, to: NOON }, { points, minutesSince: NOON - 2 * DAY });
  expect(found.stepMs).toBe(stepMs);
  expect((found.to - found.from) / stepMs).toBeLessThanOrEqual(points);
});

test("grows to whole steps, and to hours where minutes are gone", () => {
  const minutes = { points: 300, minutesSince: NOON - 2 * DAY };
  expect(chooseStep({ from: NOON + 1, to: NOON + 2 }, minutes)).toEqual({
    from: NOON,
    to: NOON + MINUTE,
    stepMs: MINUTE,
  });
  expect(chooseStep({ from: NOON - 3 * DAY + 1, to: NOON - 3 * DAY + HOUR - 1 }, minutes)).toEqual({
    from: NOON - 3 * DAY,
    to: NOON - 3 * DAY + HOUR,
    stepMs: HOUR,
  });
});
