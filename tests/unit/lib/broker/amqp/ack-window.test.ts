import fc from "fast-check";
import { expect, test } from "vitest";
import { AckWindow } from "@/lib/broker/amqp/ack-window";

const tick = () => new Promise((resolve) => setImmediate(resolve));

test("acknowledges only what was handled together with all before it, many at once", async () => {
  const acknowledged: number[] = [];
  const window = new AckWindow((tag) => acknowledged.push(tag));
  for (let tag = 1; tag <= 6; tag++) window.markDelivered(tag);
  for (const tag of [2, 3, 5]) window.markHandled(tag);
  await tick();
  expect(acknowledged).toEqual([]);
  window.markHandled(1);
  await tick();
  expect(acknowledged).toEqual([3]);
  const empty = window.whenEmpty();
  for (const tag of [6, 4]) window.markHandled(tag);
  await empty;
  expect(acknowledged).toEqual([3, 6]);
  await window.whenEmpty();
});

test("in whatever order they are handled, all are acknowledged in the end and none too early", async () => {
  const order = fc.integer({ min: 1, max: 40 }).chain((count) =>
    fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => index + 1),
      { minLength: count },
    ),
  );
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 1, max: 7 }), async (tags, pause) => {
      const handled = new Set<number>();
      let last = 0;
      const window = new AckWindow((upTo) => {
        for (let tag = 1; tag <= upTo; tag++) expect(handled.has(tag)).toBe(true);
        expect(upTo).toBeGreaterThan(last);
        last = upTo;
      });
      for (let tag = 1; tag <= tags.length; tag++) window.markDelivered(tag);
      for (const [index, tag] of tags.entries()) {
        handled.add(tag);
        window.markHandled(tag);
        if (index % pause === 0) await tick();
      }
      await window.whenEmpty();
      expect(last).toBe(tags.length);
    }),
  );
});
