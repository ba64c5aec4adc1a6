import { expect, it } from "vitest";
import { isAtLeastVersion } from "@/lib/celery/is-at-least-version";

it.each([
  ["5.3.0", true],
  ["5.3.0rc1", true],
  ["5.10.1", true],
  ["6.0", true],
  ["5.2.6", false],
  ["4.4.7", false],
  ["nonsense", false],
  ["", false],
  [null, false],
])("%j is 5.3 or later: %s", (version, is) => {
  expect(isAtLeastVersion(version, [5, 3])).toBe(is);
});
