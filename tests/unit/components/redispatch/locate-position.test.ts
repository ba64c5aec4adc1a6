import { describe, expect, it } from "vitest";
import { locatePosition } from "@/components/redispatch/locate-position";

describe("locatePosition", () => {
  it("counts lines and columns from 1", () => {
    expect(locatePosition("[1,\n 2 3]", 7)).toEqual({ line: 2, column: 4, before: " 2 ", after: "3]" });
    expect(locatePosition("abc", 0)).toEqual({ line: 1, column: 1, before: "", after: "abc" });
    expect(locatePosition("abc", 3)).toEqual({ line: 1, column: 4, before: "abc", after: "" });
  });

  it("shows only the neighbourhood of a long line", () => {
    const { before, after } = locatePosition("x".repeat(500), 250);
    expect([before.length, after.length]).toEqual([41, 25]);
    expect([before[0], after.at(-1)]).toEqual(["…", "…"]);
  });
});
