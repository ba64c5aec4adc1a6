import { expect, test } from "vitest";
import { splitByLength } from "@/lib/history/read-whole-args";
import type { ResultRow } from "@/lib/results/results";

function makeTask(id: string, textLength: number) {
  // Only the length is looked at.
  return { id, row: { taskId: id, textLength } as ResultRow };
}

function split(lengths: readonly number[]): string[][] {
  const tasks = lengths.map((length, at) => makeTask(String(at), length));
  return splitByLength(tasks).map((part) => part.map(({ id }) => id));
}

test("tasks whose texts a list reads whole stay together", () => {
  expect(split([])).toEqual([]);
  expect(split(Array.from({ length: 1_000 }, () => 16_384))).toHaveLength(1);
});

test("long texts are held a few at a time, and one that is too long alone", () => {
  expect(split([10, 2_000_000, 2_000_000, 10, 1_000_000, 9_000_000, 10, 20])).toEqual([
    ["0", "1", "2", "3"],
    ["4"],
    ["5"],
    ["6", "7"],
  ]);
});

test("a task without a row counts nothing", () => {
  expect(splitByLength([{ row: null }, { row: null }])).toHaveLength(1);
});
