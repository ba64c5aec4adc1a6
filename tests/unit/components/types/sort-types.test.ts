import { expect, test } from "vitest";
import { sortTypes, type TypeSort } from "@/components/types/sort-types";
import { toTypeRows } from "@/components/types/type-row-data";
import type { TaskType } from "@/lib/api/schemas/task-types";
import { makeTaskType } from "./make-task-type";

const NOW = Date.parse("2026-11-27T12:00:00.000Z");
const none = { p50: null, p95: null, p99: null };
const TYPES = [
  makeTaskType({ name: "b", counts: { SUCCESS: 5, FAILURE: 0, RETRY: 9 }, failureRate: 0 }),
  makeTaskType({ name: "a", counts: { SUCCESS: 5, FAILURE: 0, RETRY: 0 }, failureRate: 0 }),
  makeTaskType({ name: "c", counts: { SUCCESS: 0, FAILURE: 0, RETRY: 0 }, failureRate: null, runtime: none }),
  makeTaskType({
    name: "d",
    counts: { SUCCESS: 1, FAILURE: 9, RETRY: 0 },
    failureRate: 0.9,
    lastSeenAt: null,
  }),
];

test.each<[TypeSort, string]>([
  ["name", "abcd"],
  ["rate", "dabc"],
  ["failures", "dabc"],
  ["p95", "abdc"],
  ["called", "abcd"],
])("by %s", (sort, order) => {
  expect(namesOf(sortTypes(rowsOf(TYPES), sort))).toBe(order);
});

test("a rate is over the time in which Celeriac listened", () => {
  expect(rowsOf(TYPES)[0]?.perSecond).toBe(5 / 3600);
  expect(rowsOf(TYPES, "2026-11-27T11:50:00.000Z")[0]?.perSecond).toBe(5 / 600);
});

function rowsOf(items: TaskType[], since = "2026-11-20T12:00:00.000Z") {
  const range = { from: "2026-11-27T11:00:00.000Z", to: "2026-11-27T12:00:00.000Z", stepSeconds: 120 };
  const listening = { since, until: "2026-11-27T12:00:00.000Z" };
  const page = { items, range, listening, workersOnline: 1, registeredUnknown: [] };
  const others = { SUCCESS: 0, FAILURE: 0, RETRY: 0 };
  return toTypeRows({ ...page, others, nextCursor: null }, { days: 7, now: NOW });
}

function namesOf(rows: ReturnType<typeof rowsOf>): string {
  return rows.map(({ type }) => type.name).join("");
}
