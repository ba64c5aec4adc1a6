import { expect, it } from "vitest";
import { describeTimeLimits } from "@/components/workers/describe-time-limits";

it.each([
  [600, 660, "soft 10 min, hard 11 min"],
  [null, 30, "hard 30 s"],
  [5.5, null, "soft 5.5 s"],
  [null, null, null],
])("soft %j and hard %j", (softTimeLimit, timeLimit, words) => {
  expect(describeTimeLimits({ softTimeLimit, timeLimit })).toBe(words);
});
