import { expect, test } from "vitest";
import { ArrivalWatch } from "@/lib/broker/amqp/arrival-watch";

test("dates the oldest message between the looks that it came between", () => {
  const watch = new ArrivalWatch();
  expect(watch.look({ at: 0, count: 100, ready: 0 })).toBeNull();
  expect(watch.look({ at: 1_000, count: 103, ready: 3 })).toEqual({ seconds: 0.5, isMinimum: false });
  expect(watch.look({ at: 9_000, count: 103, ready: 3 })).toEqual({ seconds: 8.5, isMinimum: false });
  // Two more came, three left: the next one came between the last two looks.
  expect(watch.look({ at: 10_000, count: 105, ready: 2 })).toEqual({ seconds: 0.5, isMinimum: false });
});

test("what was there before the first look is at least that old", () => {
  const watch = new ArrivalWatch();
  expect(watch.look({ at: 5_000, count: 7, ready: 7 })).toEqual({ seconds: 0, isMinimum: true });
  expect(watch.look({ at: 6_000, count: 9, ready: 3 })).toEqual({ seconds: 1, isMinimum: true });
  expect(watch.look({ at: 7_000, count: 9, ready: 2 })).toEqual({ seconds: 1.5, isMinimum: false });
});

test("a message that was put back is older than what is remembered", () => {
  const watch = new ArrivalWatch();
  watch.look({ at: 0, count: 0, ready: 0 });
  watch.look({ at: 1_000, count: 1, ready: 0 });
  watch.look({ at: 2_000, count: 2, ready: 1 });
  expect(watch.look({ at: 3_000, count: 2, ready: 2 })).toEqual({ seconds: 2, isMinimum: true });
});

test("a broker that was restarted counts anew", () => {
  const watch = new ArrivalWatch();
  watch.look({ at: 0, count: 500, ready: 5 });
  expect(watch.look({ at: 1_000, count: 0, ready: 5 })).toEqual({ seconds: 0, isMinimum: true });
});

test("hours of looks are kept in bounded memory and still date", () => {
  const watch = new ArrivalWatch();
  let last = null;
  for (let second = 0; second <= 20_000; second++) {
    // Ten come each second, nine are taken: the oldest came a tenth of the time ago.
    last = watch.look({ at: second * 1_000, count: second * 10, ready: second });
  }
  const seconds = last?.seconds ?? 0;
  expect(seconds).toBeGreaterThan(1_800);
  expect(seconds).toBeLessThan(2_300);
});
