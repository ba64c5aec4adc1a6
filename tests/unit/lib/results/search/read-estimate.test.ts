import { describe, expect, it } from "vitest";
import { readEstimate } from "@/lib/results/search/read-estimate";

describe("readEstimate", () => {
  it("reads PostgreSQL's plan, as JSON or as its text", () => {
    const plan = [{ Plan: { "Node Type": "Index Only Scan", "Plan Rows": 1_035_958 } }];
    expect(readEstimate([{ "QUERY PLAN": plan }])).toBe(1_035_958);
    expect(readEstimate([{ "QUERY PLAN": JSON.stringify(plan) }])).toBe(1_035_958);
  });

  it("reads MySQL's rows and what its conditions leave of them", () => {
    expect(readEstimate([{ id: 1n, rows: 2_000n, filtered: 12.5 }])).toBe(250);
    expect(readEstimate([{ id: 1n, rows: 2_000n }])).toBe(2_000);
  });

  it("tells nothing where a database tells nothing", () => {
    expect(readEstimate([])).toBeNull();
    expect(readEstimate([{ rows: null }])).toBeNull();
    expect(readEstimate([{ "QUERY PLAN": "[]" }])).toBeNull();
  });
});
