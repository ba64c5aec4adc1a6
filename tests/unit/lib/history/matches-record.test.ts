import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesName } from "@/lib/celery/matches-name";
import type { TaskRecord } from "@/lib/celery/task-record";
import { recordHolds } from "@/lib/history/matches-record";

describe("matchesName", () => {
  it.each([
    ["shop.mail", ["shop.mail"], true],
    ["shop.mail", ["shop.*"], true],
    ["shop.mail", ["*"], true],
    ["", ["*"], true],
    ["shop.mail", ["*.mail", "x"], true],
    ["shop.mail", ["s*m*l"], true],
    ["shop.mail", ["s**l"], true],
    ["aba", ["ab*ba"], false],
    ["shop.mail", ["shop.mai"], false],
    ["shop.mail", ["Shop.*"], false],
    ["shop.mail", ["s*x*l"], false],
    ["a.b", ["a?b", "a.", "."], false],
    [null, ["*"], false],
  ])("%j against %j is %j", (name, patterns, expected) => {
    expect(matchesName(name, patterns)).toBe(expected);
  });

  it("is the same as the regular expression of the pattern", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });
    fc.assert(
      fc.property(letters, patterns, (name, pattern) => {
        expect(matchesName(name, [pattern])).toBe(
          new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name),
        );
      }),
    );
  });

  it("is linear in a name made to be slow", () => {
    expect(matchesName("a".repeat(100_000), [`${"a*".repeat(100)}b`])).toBe(false);
  });
});

describe("recordHolds", () => {
  const RECORD: TaskRecord = {
    id: "1",
    name: "n",
    state: "FAILURE",
    worker: null,
    queue: null,
    args: "('Straße', 1)",
    kwargs: null,
    result: null,
    exception: "KeyError('Gone')",
    traceback: "only here",
    retries: null,
    eta: null,
    expires: null,
    rootId: null,
    parentId: null,
    sentAt: null,
    receivedAt: null,
    startedAt: null,
    finishedAt: null,
    runtimeSeconds: null,
    stateAt: 0,
    clock: null,
    attempts: [],
  };

  it.each([
    ["STRAßE", true],
    ["keyerror('gone", true],
    ["only here", false],
    ["stra", true],
    ["nothing", false],
  ])("%j: %j", (text, expected) => {
    expect(recordHolds(RECORD, text)).toBe(expected);
  });
});
