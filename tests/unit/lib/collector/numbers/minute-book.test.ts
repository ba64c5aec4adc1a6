import { expect, test } from "vitest";
import { MinuteBook } from "@/lib/collector/numbers/minute-book";

const MINUTE = 60_000;
const T = Date.UTC(2026, 10, 27, 12);
const SUCCESS = { counted: "succeeded", duration: "runtime", seconds: 2 } as const;
const PAY = { type: "pay", queue: null, worker: "w1" };

test("an event counts for its type, queue and worker, as far as they are known", () => {
  const book = new MinuteBook();
  book.add(SUCCESS, { type: "pay", queue: "q", worker: "w1" }, T + 1);
  book.add(SUCCESS, PAY, T + 2);
  const taken = book.takeChanged();
  expect(taken.map(({ of, name, at, numbers }) => [of, name, at, numbers.succeeded])).toEqual([
    ["type", "pay", T, 2],
    ["queue", "q", T, 1],
    ["worker", "w1", T, 2],
  ]);
  expect(taken[0]?.numbers.runtime?.count).toBe(2);
});

test("only what changed is taken, and again when it was put back", () => {
  const book = new MinuteBook();
  book.add(SUCCESS, PAY, T);
  const taken = book.takeChanged();
  expect(book.takeChanged()).toEqual([]);
  book.putBack(taken);
  expect(book.takeChanged()).toEqual(taken);
});

test("a minute that is over is forgotten once it is written, and has another part when it opens again", () => {
  const book = new MinuteBook();
  book.add(SUCCESS, PAY, T);
  const [first] = book.takeChanged();
  book.forgetWritten();
  expect(book.size).toBe(1);
  book.add(SUCCESS, PAY, T + MINUTE);
  book.forgetWritten();
  expect(book.size).toBe(1);
  book.add(SUCCESS, PAY, T + 5);
  const again = book.takeChanged().find(({ at, of }) => at === T && of === "type");
  expect(again?.numbers.succeeded).toBe(1);
  expect(again?.part).not.toBe(first?.part);
});

test("names beyond the limit of an hour are counted together", () => {
  const book = new MinuteBook({ type: 2, queue: 1, worker: 1 });
  for (const [index, type] of ["a", "b", "c", "d", "a"].entries()) {
    book.add(SUCCESS, { type, queue: null, worker: null }, T + index * MINUTE);
  }
  book.add(SUCCESS, { type: "d", queue: null, worker: null }, T + 60 * MINUTE);
  expect(book.takeChanged().map(({ name, at }) => [name, (at - T) / MINUTE])).toEqual([
    ["a", 0],
    ["b", 1],
    ["", 2],
    ["", 3],
    ["a", 4],
    ["d", 60],
  ]);
});

test("durations that can't be are counted as skewed, and in no sketch", () => {
  const book = new MinuteBook();
  for (const seconds of [-0.001, 31 * 86_400, Number.NaN, 0]) {
    book.add({ counted: null, duration: "queueWait", seconds }, PAY, T);
  }
  const [type] = book.takeChanged();
  expect([type?.numbers.skewed, type?.numbers.queueWait?.count]).toEqual([3, 1]);
});
