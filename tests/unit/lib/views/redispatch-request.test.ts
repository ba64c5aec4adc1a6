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
  expect(() => checkCountdown(3_599, settings)).not.toThrow();
  expect(() => checkCountdown(null, settings)).not.toThrow();
  expect(() => checkCountdown(3_600, settings)).toThrow("countdownSeconds: must be less than 3600 on Redis");
  const longer = parseSettings({ CELERIAC_BROKER_OPTIONS: '{"visibility_timeout": 43200}' });
  expect(() => checkCountdown(43_199, longer)).not.toThrow();
  expect(() => checkCountdown(43_200, longer)).toThrow("must be less than 43200");
});
