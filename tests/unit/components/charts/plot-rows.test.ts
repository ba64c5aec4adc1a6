import { describe, expect, it } from "vitest";
import { findLonePoints, splitPartial } from "@/components/charts/plot-rows";
import { summarizeSeries } from "@/components/charts/summarize";

const SERIES = [{ key: "mail", label: "mail", color: "red" }];
const POINTS = [1, 7, 3].map((value, minute) => ({ at: minute * 60_000, values: { mail: value } }));

describe("splitPartial", () => {
  it("moves the last segment to a series of its own, joined at the point before", () => {
    expect(splitPartial(SERIES, POINTS, true)).toEqual([
      { at: 0, mail: 1, "mail:partial": null },
      { at: 60_000, mail: 7, "mail:partial": 7 },
      { at: 120_000, mail: null, "mail:partial": 3 },
    ]);
  });

  it("joins nothing where the last bucket has no value yet", () => {
    const rows = splitPartial(SERIES, [...POINTS, { at: 180_000, values: { mail: null } }], true);
    expect(rows.map((row) => row["mail:partial"])).toEqual([null, null, null, null]);
  });

  it("leaves complete data alone", () => {
    expect(splitPartial(SERIES, POINTS, false).at(-1)).toEqual({ at: 120_000, mail: 3 });
  });
});

describe("findLonePoints", () => {
  const rowsOf = (...values: (number | null)[]) => values.map((mail, at) => ({ at, mail }));

  it("finds values without a neighbour", () => {
    expect(findLonePoints(rowsOf(1, null, 2, 3, null, 4), "mail", false)).toEqual(new Set([0, 5]));
    expect(findLonePoints(rowsOf(1, 2), "mail", false)).toEqual(new Set());
  });

  it("finds only a single value where lines go on over what is missing", () => {
    expect(findLonePoints(rowsOf(1, null, 2), "mail", true)).toEqual(new Set());
    expect(findLonePoints(rowsOf(null, 0, null), "mail", true)).toEqual(new Set([1]));
  });
});

describe("summarizeSeries", () => {
  it("says the latest value and the peak with its time", () => {
    expect(summarizeSeries({ series: SERIES, points: POINTS }, "UTC")).toBe(
      "mail: now 3, at most 7 at 00:01:00.",
    );
    expect(summarizeSeries({ series: SERIES, points: [] }, "UTC")).toBe("No data yet.");
    expect(summarizeSeries({ series: SERIES, points: [{ at: 0, values: { mail: null } }] }, "UTC")).toBe(
      "mail: no data.",
    );
  });
});
