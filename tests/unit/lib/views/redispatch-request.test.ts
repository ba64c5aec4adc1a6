import { expect, test } from "vitest";
import { previewRequestSchema } from "@/lib/api/schemas/redispatches";
import { parseSettings } from "@/lib/env";
import { checkCountdown, readOptionalSelection, readSelection } from "@/lib/views/redispatch-request";

test("a selection is a filter or ids, never both or none", () => {
  expect(readSelection({ filter: { state: ["FAILURE"] } })).toEqual({ filter: { state: ["FAILURE"] } });
  expect(readSelection({ ids: ["a"] })).toEqual({ ids: ["a"] });
  expect(() => readSelection({})).toThrow("filter: takes either filter or ids");
  expect(() => readOptionalSelection({ filter: {}, ids: ["a"] })).toThrow(
    "filter: takes either filter or ids",
  );
  expect(readOptionalSelection({})).toBeNull();
});

test("a misspelt field of a filter is refused: it would select everything", () => {
  expect(previewRequestSchema.safeParse({ filter: { states: ["FAILURE"] } }).success).toBe(false);
  expect(previewRequestSchema.safeParse({ filter: { state: ["FAILURE"] } }).success).toBe(true);
});

test("on Redis a countdown must be shorter than the visibility timeout", () => {
  const settings = parseSettings({});
  const check = (countdownSeconds: number | null, spreadSeconds: number | null, by = settings) =>
    checkCountdown({ countdownSeconds, spreadSeconds }, by);
  expect(() => check(3_599, null)).not.toThrow();
  expect(() => check(null, null)).not.toThrow();
  expect(() => check(3_600, null)).toThrow("countdownSeconds: must be less than 3600 on Redis");
  expect(() => check(1_800, 1_799)).not.toThrow();
  expect(() => check(1_800, 1_800)).toThrow(
    "countdownSeconds and spreadSeconds together: must be less than 3600 on Redis",
  );
  const longer = parseSettings({ CELERIAC_BROKER_OPTIONS: '{"visibility_timeout": 43200}' });
  expect(() => check(43_199, null, longer)).not.toThrow();
  expect(() => check(null, 43_200, longer)).toThrow("must be less than 43200");
});
