import { expect, test } from "vitest";
import { RateMeter } from "@/lib/collector/rate-meter";

const T = 1_795_000_000_000;

test("is the mean of the ten full seconds before now", () => {
  const meter = new RateMeter();
  expect(meter.perSecond(T)).toBe(0);
  meter.add(7, T + 999);
  meter.add(3, T + 1_000);
  expect(meter.perSecond(T + 1_999)).toBe(0.7);
  expect(meter.perSecond(T + 2_000)).toBe(1);
  expect(meter.perSecond(T + 10_999)).toBe(1);
  expect(meter.perSecond(T + 11_000)).toBe(0.3);
  expect(meter.perSecond(T + 12_000)).toBe(0);
});
