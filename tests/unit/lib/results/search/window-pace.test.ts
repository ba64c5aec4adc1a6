import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WindowPace } from "@/lib/results/search/window-pace";

describe("WindowPace", () => {
  it("grows while statements are quick, and shrinks when one is slow", () => {
    const pace = new WindowPace(80);
    const rows = [pace.rowsWithin(1_000)];
    for (const elapsedMs of [1, 40, 80, 800]) {
      pace.note(rows.at(-1) ?? 0, elapsedMs);
      rows.push(pace.rowsWithin(1_000));
    }
    expect(rows).toEqual([1_000, 4_000, 8_000, 8_000, 2_000]);
  });

  it("takes fewer rows where little time is left", () => {
    const pace = new WindowPace(80);
    expect(pace.rowsWithin(40)).toBe(500);
    expect(pace.rowsWithin(0)).toBe(200);
  });

  it("says when a window can't be made smaller", () => {
    const pace = new WindowPace(80);
    expect(pace.reduce(1_000)).toBe(true);
    expect(pace.rowsWithin(1_000)).toBe(250);
    expect(pace.reduce(200)).toBe(false);
  });

  it("stays within its bounds, whatever it is told", () => {
    const notes = fc.array(fc.tuple(fc.nat(100_000), fc.double({ min: 0, max: 1e6, noNaN: true })));
    fc.assert(
      fc.property(notes, (all) => {
        const pace = new WindowPace(40);
        for (const [rows, elapsedMs] of all) pace.note(rows, elapsedMs);
        const next = pace.rowsWithin(Number.POSITIVE_INFINITY);
        expect(next).toBeGreaterThanOrEqual(200);
        expect(next).toBeLessThanOrEqual(50_000);
      }),
    );
  });
});
