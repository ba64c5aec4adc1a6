import { expect, test } from "vitest";
import { formatSlowRate } from "@/lib/format/slow-rate";

test.each([
  [0, "0"],
  [1204.4, "1,204/s"],
  [12.34, "12.3/s"],
  [1, "1/s"],
  [0.5, "30/min"],
  [1 / 60, "1/min"],
  [1 / 90, "40/h"],
  [1 / 7200, "12/d"],
  [1 / 200_000, "0.4/d"],
])("%d a second is %s", (perSecond, text) => {
  expect(formatSlowRate(perSecond)).toBe(text);
});
