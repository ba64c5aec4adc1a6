import { expect, test } from "vitest";
import { EventBuffer } from "@/lib/collector/event-buffer";

test("gives messages back in order, and says how long the oldest waits", () => {
  const buffer = new EventBuffer();
  expect([buffer.oldestReceivedAt, buffer.lastReceivedAt]).toEqual([null, null]);
  for (let at = 1; at <= 5; at++) buffer.add(`m${at}`, at);
  expect([buffer.oldestReceivedAt, buffer.lastReceivedAt, buffer.size]).toEqual([1, 5, 5]);
  expect(buffer.take(2).map(({ body }) => body)).toEqual(["m1", "m2"]);
  expect(buffer.oldestReceivedAt).toBe(3);
  expect(buffer.take(10)).toHaveLength(3);
  expect([buffer.oldestReceivedAt, buffer.size, buffer.received, buffer.dropped]).toEqual([null, 0, 5, 0]);
});

test("drops and counts what is more than a hundred thousand messages", () => {
  const buffer = new EventBuffer();
  for (let index = 0; index < 120_010; index++) buffer.add("m", index);
  expect([buffer.size, buffer.received, buffer.dropped, buffer.lastReceivedAt]).toEqual([
    120_000, 120_010, 10, 120_009,
  ]);
  buffer.take(5);
  buffer.add("m", 1);
  expect(buffer.dropped).toBe(10);
});

test("is bounded in characters too, and takes room back when messages are taken out", () => {
  const buffer = new EventBuffer();
  const long = "x".repeat(8_000_000);
  for (let index = 0; index < 11; index++) buffer.add(long, index);
  expect([buffer.size, buffer.dropped]).toEqual([10, 1]);
  buffer.take(2);
  buffer.add(long, 18);
  expect([buffer.size, buffer.dropped]).toEqual([9, 1]);
  buffer.add(`${long}x`, 19);
  expect(buffer.dropped).toBe(2);
});

test("holds less the longer more comes than is taken out, and all again when that was over for five seconds", () => {
  const buffer = new EventBuffer();
  const message = "x".repeat(1_000_000);
  let now = 1_000;
  const fill = () => {
    while (buffer.add(message, now) !== undefined);
    return buffer.size;
  };
  const takeAndFill = (count: number) => {
    buffer.take(count);
    return fill();
  };
  expect(fill()).toBe(80);
  // Half of what was taken: what comes beside the burst still finds room.
  expect(takeAndFill(20)).toBe(70);
  expect(takeAndFill(20)).toBe(60);
  for (let round = 0; round < 30; round++) takeAndFill(4);
  expect(fill()).toBe(10);
  buffer.take(10);
  expect(buffer.room).toBe(10_000_000);
  now += 4_000;
  expect(fill()).toBe(10);
  buffer.take(10);
  now += 5_001;
  expect(fill()).toBe(80);
  expect(buffer.room).toBe(0);
});

test("wakes the writer when there is much to write", async () => {
  const buffer = new EventBuffer();
  const woken = buffer.doorbell.wait(60_000, new AbortController().signal);
  for (let index = 0; index < 2_000; index++) buffer.add("m", index);
  await woken;
});

test("a message's promise is kept when it is stored, not when it is taken out", async () => {
  const buffer = new EventBuffer();
  const stored: number[] = [];
  const add = (number: number) => buffer.add(`m${number}`, number)?.then(() => stored.push(number));
  const promises = Array.from({ length: 250 }, (_, number) => add(number));
  buffer.take(120);
  promises.push(add(250));
  await Promise.resolve();
  expect(stored).toEqual([]);
  buffer.noteStored(buffer.taken);
  await promises[0];
  // They wait in groups: the last whole one before the 120th.
  expect(stored.length).toBeGreaterThanOrEqual(1);
  expect(Math.max(...stored)).toBeLessThan(120);
  buffer.take(1_000);
  buffer.noteStored(buffer.taken);
  await Promise.all(promises);
  expect(stored).toEqual(Array.from({ length: 251 }, (_, number) => number));
});

test("what is dropped is nobody's to wait for, and what the broker lost counts as dropped", () => {
  const buffer = new EventBuffer();
  expect(buffer.add("x".repeat(8_000_001), 1)).toBeUndefined();
  buffer.noteLost(3, false);
  expect([buffer.received, buffer.dropped, buffer.uncounted]).toEqual([1, 4, 0]);
  buffer.noteLost(1, true);
  buffer.noteLost(1, false);
  expect([buffer.dropped, buffer.uncounted]).toEqual([6, 1]);
});
