import { expect, test } from "vitest";
import { ListeningClock } from "@/lib/collector/listening-clock";

const T = 1_795_000_000_000;

test("counts from when the broker was reached", () => {
  const clock = new ListeningClock();
  expect(clock.look({ connected: true, since: T }, T + 5_000)).toBe(T);
  expect(clock.look({ connected: true, since: T }, T + 60_000)).toBe(T);
});

test("judges nobody during an outage, and after it as long again", () => {
  const clock = new ListeningClock();
  clock.look({ connected: true, since: T }, T + 1_000);
  expect(clock.look({ connected: false, since: T + 2_000 }, T + 3_000)).toBeNull();
  expect(clock.look({ connected: false, since: T + 2_000 }, T + 9_000)).toBeNull();
  expect(clock.look({ connected: true, since: T + 12_000 }, T + 12_100)).toBe(T + 22_200);
  expect(clock.look({ connected: true, since: T + 12_000 }, T + 60_000)).toBe(T + 22_200);
});

test("waits no longer than a worker does between two attempts", () => {
  const clock = new ListeningClock();
  clock.look({ connected: false, since: T }, T);
  expect(clock.look({ connected: true, since: T + 3_600_000 }, T + 3_600_000)).toBe(T + 3_632_000);
});

test("counts from anew after an outage between two looks", () => {
  const clock = new ListeningClock();
  clock.look({ connected: true, since: T }, T + 1_000);
  expect(clock.look({ connected: true, since: T + 1_100 }, T + 1_250)).toBe(T + 1_100);
});
