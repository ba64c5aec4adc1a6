import { describe, expect, test } from "vitest";
import { estimateRates, type QueueState } from "@/lib/broker/redis/estimate-rates";
import type { ListHistory } from "@/lib/broker/redis/follow-list";

const UNKNOWN = { publishPerSecond: null, ackPerSecond: null };

function list(pushed: number | null, { length = 10, wasEmpty = false } = {}): ListHistory {
  return { askedAt: 0, at: 0, length, hasMark: true, newest: 0, spans: [], oldest: null, pushed, wasEmpty };
}

function state(at: number, depth: number, unacked: number | null = 0): QueueState {
  return { at, depth, unacked };
}

const EMPTY = list(null, { length: 0, wasEmpty: true });

describe("between two looks", () => {
  test.each([
    [
      "12 came, 4 more wait",
      [list(12)],
      state(0, 6),
      state(2_000, 10),
      { publishPerSecond: 6, ackPerSecond: 4 },
    ],
    [
      "4 of them are in flight",
      [list(12)],
      state(0, 6),
      state(2_000, 10, 4),
      { publishPerSecond: 6, ackPerSecond: 2 },
    ],
    [
      "those in flight are unknown",
      [list(12)],
      state(0, 6),
      state(2_000, 10, null),
      { publishPerSecond: 6, ackPerSecond: null },
    ],
    [
      "more left than came",
      [list(0)],
      state(0, 6, 3),
      state(1_000, 5, 4),
      { publishPerSecond: 0, ackPerSecond: 0 },
    ],
    ["the mark has left", [list(null)], state(0, 6), state(1_000, 6), UNKNOWN],
    ["the list was and is empty", [EMPTY], state(0, 0), state(1_000, 0), UNKNOWN],
    ["no look came before", [list(3)], undefined, state(1_000, 6), UNKNOWN],
    [
      "lists served later were starved",
      [list(2), EMPTY, list(3)],
      state(0, 5),
      state(1_000, 10),
      { publishPerSecond: 5, ackPerSecond: 0 },
    ],
    [
      "some came to a list that was empty",
      [list(2), list(null, { length: 4, wasEmpty: true })],
      state(0, 5),
      state(1_000, 11),
      { publishPerSecond: 6, ackPerSecond: 0 },
    ],
    [
      "a list served first may have let some through",
      [EMPTY, list(2)],
      state(0, 5),
      state(1_000, 5),
      UNKNOWN,
    ],
    ["a list was not looked into", [list(2), null], state(0, 5), state(1_000, 5), UNKNOWN],
  ])("%s", (_what, lists, before, now, rates) => {
    expect(estimateRates(lists, before, now)).toEqual(rates);
  });
});
