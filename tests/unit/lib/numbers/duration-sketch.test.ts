import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf, DurationSketch, RELATIVE_ERROR } from "@/lib/numbers/duration-sketch";
import { mergeSketchBytes, writeSketch } from "@/lib/numbers/sketch-bytes";

const SHARES = [0.5, 0.95, 0.99] as const;
/** From a microsecond to a month; a little is left to the rounding of a logarithm. */
const duration = fc.double({ min: 1.000001e-6, max: 2_592_000, noNaN: true });
const durations = fc.array(fc.oneof(duration, fc.constantFrom(0.001, 0.002, 1, 60)), {
  minLength: 1,
  maxLength: 400,
});
const NONE = new Uint8Array();
const TOLERANCE = RELATIVE_ERROR * (1 + 1e-9);

describe("DurationSketch", () => {
  test("is within its promised error of the exact value at each rank", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const found = sketchOf(values).quantiles(SHARES);
        for (const [place, share] of SHARES.entries()) {
          const exact = nearestRank(values, share);
          expect(Math.abs((found[place] ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * TOLERANCE);
        }
      }),
    );
  });

  test("merges to the very sketch of all values, by object and by bytes", () => {
    fc.assert(
      fc.property(durations, durations, (some, others) => {
        const all = sketchOf([...some, ...others]);
        const merged = sketchOf(some);
        merged.merge(sketchOf(others));
        expect(merged.listBuckets()).toEqual(all.listBuckets());
        const read = new DurationSketch();
        mergeSketchBytes(read, writeSketch(sketchOf(some)) ?? NONE);
        mergeSketchBytes(read, writeSketch(sketchOf(others)) ?? NONE);
        expect(read.listBuckets()).toEqual(all.listBuckets());
        expect(read.count).toBe(some.length + others.length);
      }),
    );
  });

  test("knows no time at all, and nothing at all", () => {
    expect(sketchOf([0, 0, 1e-7, 5]).quantiles([0.5, 1])).toEqual([0, expect.closeTo(5, 0)]);
    expect(new DurationSketch().quantiles(SHARES)).toEqual([null, null, null]);
    expect(writeSketch(new DurationSketch())).toBeNull();
    expect(writeSketch(null)).toBeNull();
  });

  test("keeps counts beyond 32 bits", () => {
    const sketch = new DurationSketch();
    sketch.add(bucketOf(2), 5_000_000_000);
    const read = new DurationSketch();
    mergeSketchBytes(read, writeSketch(sketch) ?? NONE);
    expect(read.listBuckets()).toEqual([[bucketOf(2), 5_000_000_000]]);
  });
});

function sketchOf(values: readonly number[]): DurationSketch {
  const sketch = new DurationSketch();
  for (const value of values) sketch.add(bucketOf(value));
  return sketch;
}

function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
}
