import { describe, expect, it } from "vitest";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import type { ResultTable } from "@/lib/results/results";

const WITHOUT = { results: null };
// Only whether there is one is looked at.
const WITH = { results: {} as ResultTable };

describe("readHistoryQuery", () => {
  it("takes the result table where there is one, newest first", () => {
    expect(readHistoryQuery({}, WITH)).toMatchObject({ source: "results", sort: "-finishedAt" });
    expect(readHistoryQuery({}, WITHOUT)).toMatchObject({ source: "events", sort: "-finishedAt" });
    expect(readHistoryQuery({ source: "events", sort: "name" }, WITH)).toMatchObject({
      source: "events",
      sort: "name",
    });
  });

  it("reads instants to the microsecond, in any zone", () => {
    const { filter } = readHistoryQuery(
      { from: "2026-03-01T15:45:00.0000019+05:45", to: "2026-03-01T10:00:00.5Z" },
      WITH,
    );
    expect(filter.from).toBe(1_772_359_200_000_001n);
    expect(filter.to).toBe(1_772_359_200_500_000n);
  });

  it("reads instants before 1970", () => {
    expect(readHistoryQuery({ from: "1969-12-31T23:59:59.999999Z" }, WITH).filter.from).toBe(-1n);
  });

  it("takes an empty list, and an empty text, for no condition", () => {
    expect(readHistoryQuery({ state: [], name: [], worker: [], queue: [], q: "" }, WITH).filter).toEqual({});
  });

  it.each([{ from: "yesterday" }, { to: "2026-13-01T00:00:00Z" }, { from: "2026-03-01" }])(
    "refuses %j",
    (filter) => {
      const [name] = Object.keys(filter);
      expect(() => readHistoryQuery(filter, WITH)).toThrow(new RegExp(`^${name}: takes an instant`));
    },
  );
});
