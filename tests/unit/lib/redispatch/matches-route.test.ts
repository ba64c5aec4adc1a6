import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesRoute } from "@/lib/redispatch/matches-route";

test.each([
  ["billing.charge", "billing.*", true],
  ["billing.", "billing.*", true],
  ["billing", "billing.*", false],
  ["my.billing.charge", "billing.*", false],
  ["a.b.c", "*.c", true],
  ["a.b.c", "a.*.c", true],
  ["a.b.cd", "a.*.c", false],
  ["a1", "a?", true],
  ["a", "a?", false],
  ["a.b", "a+b", false],
  ["axb", "a.b", false],
  ["anything", "*", true],
  ["", "*", true],
  ["", "", true],
  ["x", "", false],
])("%j against %j: %j", (name, pattern, expected) => {
  expect(matchesRoute(name, pattern)).toBe(expected);
});

test("agrees with a regular expression on short texts", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  const globs = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 6 });
  fc.assert(
    fc.property(letters, globs, (name, pattern) => {
      const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesRoute(name, pattern)).toBe(new RegExp(`^${source}$`).test(name));
    }),
  );
});

test("a hostile pattern is not slow", () => {
  const startedAt = performance.now();
  expect(matchesRoute("a".repeat(2_000), `${"a*".repeat(200)}b`)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
