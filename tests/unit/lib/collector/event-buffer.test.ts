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
  for (let index = 0; index < 100_010; index++) buffer.add("m", index);
  expect([buffer.size, buffer.received, buffer.dropped, buffer.lastReceivedAt]).toEqual([
    100_000, 100_010, 10, 100_009,
  ]);
  buffer.take(5);
  buffer.add("m", 1);
  expect(buffer.dropped).toBe(10);
});

test("is bounded in characters too, and takes room back when messages are taken out", () => {
  const buffer = new EventBuffer();
  const long = "x".repeat(8_000_000);
  for (let index = 0; index < 17; index++) buffer.add(long, index);
  expect([buffer.size, buffer.dropped]).toEqual([16, 1]);
  buffer.take(1);
  buffer.add(long, 18);
  expect([buffer.size, buffer.dropped]).toEqual([16, 1]);
  buffer.add(`${long}x`, 19);
  expect(buffer.dropped).toBe(2);
});

test("wakes the writer when there is much to write", async () => {
  const buffer = new EventBuffer();
  const woken = buffer.doorbell.wait(60_000, new AbortController().signal);
  for (let index = 0; index < 2_000; index++) buffer.add("m", index);
  await woken;
});
