import fc from "fast-check";
import { expect, test } from "vitest";
import { createPacer } from "@/lib/redispatch/pacer";

/** Sends `total` tasks as the runner does, on a clock of our own; returns when each was sent, in ms. */
function simulate(ratePerSecond: number, total: number, chunk: number): number[] {
  const pacer = createPacer(ratePerSecond, 0);
  const times: number[] = [];
  let now = 0;
  while (times.length < total) {
    const { count, waitMs } = pacer.ask(Math.min(chunk, total - times.length), now);
    if (count === 0) {
      expect(waitMs).toBeGreaterThan(0);
      now += waitMs;
      continue;
    }
    for (let sent = 0; sent < count; sent++) times.push(now);
    pacer.spend(count);
  }
  return times;
}

test("no rate is no limit", () => {
  const pacer = createPacer(null, 0);
  expect(pacer.ask(500, 0)).toEqual({ count: 500, waitMs: 0 });
  pacer.spend(500);
  expect(pacer.ask(500, 0)).toEqual({ count: 500, waitMs: 0 });
});

test("the first task goes at once, even at one a minute", () => {
  expect(simulate(1 / 60, 3, 500)).toEqual([0, 60_000, 120_000]);
});

test("ten a second come in twos, evenly", () => {
  const times = simulate(10, 21, 500);
  expect(times.at(-1)).toBeGreaterThanOrEqual(1_900);
  expect(times.at(-1)).toBeLessThanOrEqual(2_200);
});

test("in no span are there more than the rate allows, and one bucketful", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 5_000, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (rate, chunk) => {
        const times = simulate(rate, 400, chunk);
        const bucket = Math.max(1, rate * 0.25);
        for (let from = 0; from < times.length; from += 37) {
          for (let to = from; to < times.length; to += 41) {
            const seconds = ((times[to] ?? 0) - (times[from] ?? 0)) / 1000;
            expect(to - from + 1).toBeLessThanOrEqual(seconds * rate + bucket + 1e-3);
          }
        }
      },
    ),
  );
});

test("the rate is reached, not only kept", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 5_000, noNaN: true }), (rate) => {
      const lastAt = simulate(rate, 400, 500).at(-1) ?? 0;
      expect(lastAt).toBeLessThanOrEqual((400 / rate) * 1000 + 400);
    }),
  );
});
