import { expect, test } from "vitest";
import { markGaps } from "@/components/charts/mark-gaps";

const ATS = [100, 110, 120, 130];

test.each([
  { what: "within one bucket", gap: { from: 112, to: 115 }, marked: [{ from: 110, to: 110 }] },
  { what: "over some buckets", gap: { from: 105, to: 125 }, marked: [{ from: 100, to: 120 }] },
  { what: "from before the first", gap: { from: 50, to: 110 }, marked: [{ from: 100, to: 110 }] },
  { what: "until after the last", gap: { from: 125, to: 900 }, marked: [{ from: 120, to: 130 }] },
  { what: "before the first", gap: { from: 50, to: 60 }, marked: [] },
])("marks a gap $what", ({ gap, marked }) => {
  expect(markGaps([gap], ATS)).toEqual(marked);
});

test("marks nothing where there is nothing", () => {
  expect(markGaps([{ from: 1, to: 2 }], [])).toEqual([]);
});
