import { expect, test } from "vitest";
import { findNewKwargs } from "@/lib/history/new-kwargs";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 27, 12);

test("keywords are new for a week, but not those of the first hour of looking", () => {
  const since = NOW - 30 * 24 * HOUR;
  const firstSeen = new Map([
    ["total", since],
    ["email", since + HOUR],
    ["locale", NOW - 8 * 24 * HOUR],
    ["currency", NOW - 2 * HOUR],
    ["region", NOW - HOUR],
  ]);
  expect(findNewKwargs({ since, firstSeen }, NOW)).toEqual([
    { name: "region", firstSeenAt: NOW - HOUR },
    { name: "currency", firstSeenAt: NOW - 2 * HOUR },
  ]);
  expect(findNewKwargs(undefined, NOW)).toEqual([]);
});
