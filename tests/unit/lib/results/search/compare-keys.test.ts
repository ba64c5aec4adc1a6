import { describe, expect, it } from "vitest";
import type { ResultCursor, ResultSort } from "@/lib/results/results";
import { compareKeys } from "@/lib/results/search/compare-keys";

function order(sort: ResultSort, keys: readonly (readonly [string | null, string])[]): string[] {
  const cursors = keys.map(([value, rowId]): ResultCursor => ({ sort, value, rowId }));
  return cursors.toSorted(compareKeys).map(({ rowId }) => rowId);
}

describe("compareKeys", () => {
  it("puts the longest runtime first, as a number, and the unknown last", () => {
    expect(
      order("-runtime", [
        ["9", "1"],
        [null, "2"],
        ["10", "3"],
        ["-5", "4"],
        ["10", "5"],
      ]),
    ).toEqual(["5", "3", "1", "4", "2"]);
  });

  it("orders names by code point, as the databases do", () => {
    expect(
      order("name", [
        ["b", "1"],
        ["\u{1f600}", "2"],
        ["\uffee", "3"],
        ["B", "4"],
        [null, "5"],
        ["b", "10"],
      ]),
    ).toEqual(["4", "10", "1", "3", "2", "5"]);
  });
});
