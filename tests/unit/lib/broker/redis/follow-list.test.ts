import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateWait, longestWait } from "@/lib/broker/redis/estimate-wait";
import { followList, type ListHistory } from "@/lib/broker/redis/follow-list";

/** A list as Redis keeps it, with what Redis does not tell: when each message came. */
class SimulatedList {
  /** Head first. */
  messages: { id: string; pushedAt: number; isRedelivered: boolean }[] = [];
  delivered: { id: string; pushedAt: number; isRedelivered: boolean }[] = [];
  now = 1_000_000;
  #count = 0;
  #mark: string | null = null;

  push(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.#count += 1;
      this.messages.unshift({ id: `m${this.#count}`, pushedAt: this.now, isRedelivered: false });
    }
  }

  pop(count: number): void {
    for (let i = 0; i < count; i += 1) {
      const message = this.messages.pop();
      if (message !== undefined) this.delivered.push(message);
    }
  }

  /** As a worker that ends: put back at the tail, in any order. */
  restore(indexes: readonly number[]): void {
    for (const message of this.#takeDelivered(indexes))
      this.messages.push({ ...message, isRedelivered: true });
  }

  /** As a task that is rejected with requeue. */
  requeue(indexes: readonly number[]): void {
    for (const message of this.#takeDelivered(indexes))
      this.messages.unshift({ ...message, isRedelivered: true });
  }

  purge(): void {
    this.messages = [];
  }

  /** What the adapter would see, searching no further than `reach` messages for the mark. */
  look(before: ListHistory | null, reach: number): ListHistory {
    const [newest, oldest] = [this.messages[0], this.messages.at(-1)];
    // kombu marks what it puts back, so that the mark, a text, does not match it.
    const isMark = (message: { id: string; isRedelivered: boolean }) =>
      message.id === this.#mark && !message.isRedelivered;
    const place = before?.hasMark ? this.messages.slice(0, reach).findIndex(isMark) : -1;
    const after = followList(before, {
      askedAt: this.now,
      at: this.now,
      length: this.messages.length,
      beforeMark: place < 0 ? null : place,
      searchedAll: this.messages.length <= reach,
      oldest: oldest === undefined ? null : { id: oldest.id, isRedelivered: oldest.isRedelivered },
      canMark: newest !== undefined && !newest.isRedelivered,
    });
    this.#mark = newest?.id ?? null;
    return after;
  }

  #takeDelivered(indexes: readonly number[]) {
    const taken = indexes.flatMap((index) =>
      this.delivered.splice(index % Math.max(1, this.delivered.length), 1),
    );
    return taken;
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("push" as const), count: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("pop" as const), count: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("restore" as const),
      indexes: fc.array(fc.nat(20), { maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("requeue" as const),
      indexes: fc.array(fc.nat(20), { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "purge" as const }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 1_500 }) }),
  },
  { weight: 8, arbitrary: fc.constant({ do: "look" as const }) },
);

describe("whatever happens to a list", () => {
  test("its oldest message is dated within 2 s, or by a true minimum", () => {
    const answers = { precise: 0, minimum: 0 };
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 5, maxLength: 120, size: "max" }),
        fc.constantFrom(3, 10, 1_000),
        fc.boolean(),
        (steps, reach, startsBusy) => {
          const list = new SimulatedList();
          let history: ListHistory | null = null;
          if (startsBusy) list.push(20);
          list.now += 30_000;
          for (const action of steps) {
            if (action.do === "push") list.push(action.count);
            else if (action.do === "pop") list.pop(action.count);
            else if (action.do === "restore") list.restore(action.indexes);
            else if (action.do === "requeue") list.requeue(action.indexes);
            else if (action.do === "purge") list.purge();
            else if (action.do === "wait") list.now += action.ms;
            if (action.do !== "look") continue;
            history = list.look(history, reach);
            const wait = estimateWait(history, null);
            const oldest = list.messages.at(-1);
            if (oldest === undefined) {
              expect(wait).toBeNull();
              continue;
            }
            // A message that was put back has waited since it first came; the oldest of several may stand anywhere.
            const since = oldest.isRedelivered
              ? Math.min(...list.messages.map((message) => message.pushedAt))
              : oldest.pushedAt;
            const truth = (list.now - since) / 1000;
            if (wait?.isMinimum) expect(wait.seconds).toBeLessThanOrEqual(truth);
            else expect(Math.abs((wait?.seconds ?? Number.NaN) - truth)).toBeLessThanOrEqual(2);
            answers[wait?.isMinimum ? "minimum" : "precise"] += 1;
          }
        },
      ),
      { numRuns: 1_000 },
    );
    // Always answering "at least 0" would be true and worthless.
    expect(answers.precise).toBeGreaterThan(answers.minimum / 3);
  });
});

function lookEverySecond(list: SimulatedList, seconds: number, act: (second: number) => void): ListHistory {
  let history = list.look(null, 20_000);
  for (let second = 0; second < seconds; second += 1) {
    list.now += 500;
    act(second);
    list.now += 500;
    history = list.look(history, 20_000);
  }
  return history;
}

test("a message that was there before the first look gives a minimum that grows", () => {
  const list = new SimulatedList();
  list.push(1);
  list.now += 60_000;
  const history = lookEverySecond(list, 10, () => list.push(3));
  expect(estimateWait(history, null)).toEqual({ seconds: 10, isMinimum: true });
});

test("it is dated once those from before the first look have left", () => {
  const list = new SimulatedList();
  list.push(5);
  const history = lookEverySecond(list, 10, (second) => {
    list.push(1);
    if (second === 9) list.pop(5);
  });
  expect(estimateWait(history, null)).toEqual({ seconds: 9.5, isMinimum: false });
});

test("a backlog of two hours, pushed to every second, is dated in bounded memory", () => {
  const list = new SimulatedList();
  const history = lookEverySecond(list, 7_200, () => list.push(1));
  expect(history.spans.length).toBeLessThanOrEqual(4_096);
  const wait = estimateWait(history, null);
  expect(wait?.isMinimum).toBe(false);
  expect(wait?.seconds).toBeCloseTo(7_199.5, -0.5);
});

test("rates are told by the mark, and are not known once it has left", () => {
  const list = new SimulatedList();
  list.push(50);
  const before = list.look(null, 20_000);
  list.push(7);
  list.pop(20);
  const counted = list.look(before, 20_000);
  expect(counted.pushed).toBe(7);
  list.pop(37);
  list.push(2);
  expect(list.look(counted, 20_000).pushed).toBeNull();
});

describe("when the task was sent", () => {
  const at = 100_000;
  const history = (after: number | null, by: number, isRedelivered = false): ListHistory => ({
    ...{ askedAt: at, at, length: 1, hasMark: true, newest: 1, spans: [], pushed: null, wasEmpty: false },
    oldest: { id: "m", isRedelivered, after, by },
  });

  test.each([
    ["counts where the looks can't tell", history(null, 90_000), 40_000, { seconds: 60, isMinimum: false }],
    ["does not count where they can", history(89_000, 90_000), 40_000, { seconds: 10.5, isMinimum: false }],
    [
      "does not count when it contradicts them",
      history(null, 90_000),
      95_000,
      { seconds: 10, isMinimum: true },
    ],
    ["may not lie before a wide span", history(80_000, 90_000), 40_000, { seconds: 10, isMinimum: true }],
    [
      "is a bound for what was put back",
      history(null, 90_000, true),
      40_000,
      { seconds: 60, isMinimum: true },
    ],
  ])("%s", (_what, known, sentAt, wait) => {
    expect(estimateWait(known, sentAt)).toEqual(wait);
  });
});

test("a queue has waited as long as the longest of its lists", () => {
  const waits = [{ seconds: 3, isMinimum: false }, null, { seconds: 2, isMinimum: true }];
  expect(longestWait(waits)).toEqual({ seconds: 3, isMinimum: true });
  expect(longestWait([null])).toEqual({ seconds: 0, isMinimum: false });
});
