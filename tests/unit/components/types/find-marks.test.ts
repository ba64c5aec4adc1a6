import { describe, expect, test } from "vitest";
import { findMarks, isIdleBuiltin, type MarkFacts } from "@/components/types/find-marks";
import { makeTaskType } from "./make-task-type";

const NOW = Date.parse("2026-11-27T12:00:00.000Z");
const before = (days: number) => new Date(NOW - days * 86_400_000).toISOString();
const FACTS: MarkFacts = {
  range: { from: before(1), to: before(0), stepSeconds: 3600 },
  listening: { since: before(20), until: before(0) },
  workersOnline: 2,
  registeredUnknown: [],
};
const WEEK = { days: 7, now: NOW };

describe("registered nowhere", () => {
  const called = makeTaskType({ registeredOn: [], lastSeenAt: before(0.5) });

  test("is said of what was called in the range", () => {
    expect(findMarks(called, FACTS, WEEK)).toEqual(["unregistered"]);
    expect(findMarks({ ...called, lastSeenAt: before(2) }, FACTS, WEEK)).toEqual([]);
    expect(findMarks({ ...called, lastSeenAt: null }, FACTS, WEEK)).toEqual([]);
  });

  test("is not said where a worker that did not answer may know it", () => {
    expect(findMarks(called, { ...FACTS, registeredUnknown: ["w2"] }, WEEK)).toEqual([]);
    expect(findMarks(called, { ...FACTS, workersOnline: 0 }, WEEK)).toEqual([]);
  });
});

describe("not called", () => {
  const idle = makeTaskType({ lastSeenAt: before(8) });

  test("is said after the days that were chosen, or where nothing was ever heard", () => {
    expect(findMarks(idle, FACTS, WEEK)).toEqual(["unused"]);
    expect(findMarks({ ...idle, lastSeenAt: null }, FACTS, WEEK)).toEqual(["unused"]);
    expect(findMarks(idle, FACTS, { days: 14, now: NOW })).toEqual([]);
    expect(findMarks({ ...idle, lastSeenAt: before(6.9) }, FACTS, WEEK)).toEqual([]);
  });

  test("is not said before Celeriac has listened for so long, or when it listens no more", () => {
    expect(findMarks(idle, { ...FACTS, listening: null }, WEEK)).toEqual([]);
    const short = { since: before(6.9), until: before(0) };
    expect(findMarks(idle, { ...FACTS, listening: short }, WEEK)).toEqual([]);
    const deaf = { since: before(20), until: before(0.1) };
    expect(findMarks(idle, { ...FACTS, listening: deaf }, WEEK)).toEqual([]);
  });

  test("is not said of what may be called unheard, nor of Celery's own tasks", () => {
    expect(findMarks({ ...idle, isHeard: false }, FACTS, WEEK)).toEqual([]);
    expect(findMarks({ ...idle, name: "celery.chord" }, FACTS, WEEK)).toEqual([]);
  });
});

test("new keywords are a mark of their own", () => {
  const changed = makeTaskType({ newKwargs: [{ name: "currency", firstSeenAt: before(1) }] });
  expect(findMarks(changed, FACTS, WEEK)).toEqual(["new-kwargs"]);
});

test("Celery's own tasks are idle until they are called", () => {
  expect(isIdleBuiltin(makeTaskType({ name: "celery.group", lastSeenAt: null }))).toBe(true);
  expect(isIdleBuiltin(makeTaskType({ name: "celery.group", lastSeenAt: before(1) }))).toBe(false);
});
