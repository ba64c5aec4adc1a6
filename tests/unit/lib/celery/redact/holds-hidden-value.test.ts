import { expect, test } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { holdsHiddenValue } from "@/lib/celery/redact/holds-hidden-value";

test.each([
  ['{"token": "***"}', true],
  ['[1, {"a": [{"password": "***"}]}]', true],
  ['{"token": "s3cret", "note": "a *** b"}', false],
  ['["***"]', false],
  ["{}", false],
])("%s → %s", (json, expected) => {
  const read = parseWireJson(json);
  expect(read.ok && holdsHiddenValue(read.value)).toBe(expected);
});
