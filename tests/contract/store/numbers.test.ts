import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEvent } from "@/lib/celery/events/read-event";
import { foldEvents, type ReceivedEvent } from "@/lib/collector/fold-events";
import { NumberKeeper } from "@/lib/collector/numbers/number-keeper";
import { deleteOldRows } from "@/lib/collector/retention";
import { parseSettings } from "@/lib/env";
import { RELATIVE_ERROR } from "@/lib/numbers/duration-sketch";
import { DURATION_KEYS, type NumbersOf, TaskNumbers } from "@/lib/numbers/task-numbers";
import { getRolledUntil, rollUpHour } from "@/lib/store/number-hours";
import { saveMinutes } from "@/lib/store/number-minutes";
import { readNumbers } from "@/lib/store/number-steps";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { noteTaskTypes } from "@/lib/store/task-types";
import { createRandom } from "@/tests/support/create-random";
import { makeTask } from "./make-task";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T = Date.UTC(2026, 10, 27, 12);

describe.each(STORE_DATABASES)("numbers over time on %s", (_provider, start) => {
  let database: StoreDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });
  const openNew = async () => {
    await store?.close();
    store = await openStore(await database.createUrl());
  };

  test("are exact across a restart in the middle of a minute, and read the same by hours", async () => {
    await openNew();
    const calls = makeCalls(3_000);
    // Two collectors after another, the second from the middle of a minute on; the first writes in between, too.
    const first = new NumberKeeper(store);
    feed(first, calls.slice(0, 700));
    await first.save(T);
    feed(first, calls.slice(700, 1_500));
    await first.save(T);
    const second = new NumberKeeper(store);
    feed(second, calls.slice(1_500));
    await second.save(T);
    await second.save(T);
    const range = { from: T, to: T + 2 * HOUR, stepMs: HOUR };
    const byMinutes = await readAll(store, { ...range, of: "type" });
    expectExact(byMinutes, calls);
    expect(await getRolledUntil(store)).toBe(0);

    await second.save(T + 3 * HOUR);
    expect(await getRolledUntil(store)).toBe(T + 2 * HOUR);
    expect(describeNumbers(await readAll(store, { ...range, of: "type" }))).toEqual(
      describeNumbers(byMinutes),
    );
    const worker = await readNumbers(store, {
      ...range,
      of: "worker",
      names: ["w1"],
      durations: ["runtime"],
    });
    const [hour] = worker.get("w1")?.values() ?? [];
    expect(hour?.succeeded).toBe(calls.filter(({ at }) => at < T + HOUR).length);
    expect(hour?.queueWait).toBeNull();
  });

  test("that come late are added to an hour that was added up", async () => {
    await openNew();
    const keeper = new NumberKeeper(store);
    feed(keeper, makeCalls(100));
    await keeper.save(T + 3 * HOUR);
    feed(keeper, makeCalls(100, "late"));
    await keeper.save(T + 3 * HOUR);
    const steps = (await readAll(store, { of: "type", from: T, to: T + 2 * HOUR, stepMs: HOUR })).values();
    expect([...steps].reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(200);
    expect((await store.client.numberHour.findMany({ take: 99 })).length).toBeGreaterThan(0);
  });

  test("of an end in 1970, by a clock that is wrong, hold nothing up", async () => {
    await openNew();
    const keeper = new NumberKeeper(store);
    keeper.noteEnd(makeTask({ id: "old", name: "pay", state: "FAILURE" }), 0);
    feed(keeper, makeCalls(100));
    await keeper.save(T + 3 * HOUR);
    expect(await getRolledUntil(store)).toBe(T + 2 * HOUR);
    await new NumberKeeper(store).save(T + 3 * HOUR);
  });

  test("are added up by a collector that begins later", async () => {
    await openNew();
    const keeper = new NumberKeeper(store);
    feed(keeper, makeCalls(100));
    await keeper.save(T);
    await new NumberKeeper(store).save(T + 26 * HOUR);
    expect(await getRolledUntil(store)).toBe(T + 2 * HOUR);
    // A second part of the same minute and hour, by a collector that knows nothing of the others.
    await rollUpHour(store, T);
    const hours = await readAll(store, { of: "type", from: T, to: T + DAY, stepMs: DAY });
    expect([...hours.values()].map(({ succeeded }) => succeeded)).toEqual([100]);
  });

  test("are kept for two days by the minute and ninety by the hour", async () => {
    await openNew();
    for (const [index, at] of [T - 91 * DAY, T - 89 * DAY, T - 3 * DAY, T - DAY, T].entries()) {
      const numbers = new TaskNumbers();
      numbers.failed = index + 1;
      await saveMinutes(store, [{ of: "queue", name: index === 0 ? "old" : "q", at, part: 7, numbers }]);
      if (index < 3) await rollUpHour(store, at);
    }
    await noteTaskTypes(store, [{ name: "x", queue: null, at: T }]);
    const settings = parseSettings({});
    await deleteOldRows({ store, settings, signal: new AbortController().signal }, T);
    const minutes = await store.client.numberMinute.findMany({ orderBy: { at: "asc" }, take: 99 });
    expect(minutes.map(({ failed }) => failed)).toEqual([4, 5]);
    const hours = await store.client.numberHour.findMany({ orderBy: { at: "asc" }, take: 99 });
    expect(hours.map(({ failed }) => failed)).toEqual([2, 3]);
    expect((await store.client.numberSeries.findMany({ take: 99 })).map(({ name }) => name)).toEqual(["q"]);
  });

  test("of a name with what no database stores are found all the same", async () => {
    await openNew();
    const numbers = new TaskNumbers();
    numbers.retried = 3;
    await saveMinutes(store, [{ of: "type", name: "a\ud800'%", at: T, part: 1, numbers }]);
    const found = await readAll(store, { of: "type", from: T, to: T + MINUTE, stepMs: MINUTE }, [
      "a\ud800'%",
    ]);
    expect([...found.values()].map(({ retried }) => retried)).toEqual([3]);
  });
});

interface Call {
  readonly id: string;
  /** Epoch ms at which its end comes. */
  readonly at: number;
  readonly queueWait: number;
  readonly workerWait: number;
  readonly runtime: number;
}

/** Calls of `pay` that end one after another within an hour and a half. */
function makeCalls(count: number, prefix = "t"): readonly Call[] {
  const random = createRandom(count);
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    at: T + Math.floor((index / count) * 90 * MINUTE),
    queueWait: Math.round(random() * 5_000) / 1000,
    workerWait: Math.round(random() ** 8 * 9_000) / 1000,
    runtime: Math.exp(random() * 9 - 6),
  }));
}

/** Has a keeper hear of all that happened to the calls, each event as it came. */
function feed(keeper: NumberKeeper, calls: readonly Call[]): void {
  const events = calls.flatMap(({ id, at, queueWait, workerWait, runtime }) => {
    const sentAt = T / 1000;
    const call = { name: "pay", args: "()", kwargs: "{}", retries: 0, queue: "q" };
    const received = sentAt + queueWait;
    return [
      ["task-sent", sentAt, call],
      ["task-received", received, call],
      ["task-started", received + workerWait, {}],
      ["task-succeeded", received + workerWait + runtime, { result: "1", runtime }],
    ].map(([type, timestamp, fields]) => ({
      event: readEvent({ type, timestamp, uuid: id, hostname: "w1", pid: 1, clock: 1, ...Object(fields) }),
      receivedAt: at,
    }));
  });
  // All of them are events.
  foldEvents(events as ReceivedEvent[], { task: () => null, worker: () => null }, (change) =>
    keeper.note(change),
  );
}

async function readAll(
  store: Store,
  range: { of: NumbersOf; from: number; to: number; stepMs: number },
  names: readonly string[] = ["pay"],
): Promise<ReadonlyMap<number, TaskNumbers>> {
  const found = await readNumbers(store, { ...range, names, durations: DURATION_KEYS });
  return found.get(names[0] ?? "") ?? [...found.values()][0] ?? new Map();
}

/** Counts are exact, percentiles within the sketch's promise of the exact ones, in each hour. */
function expectExact(found: ReadonlyMap<number, TaskNumbers>, calls: readonly Call[]): void {
  for (const hour of [T, T + HOUR]) {
    const own = calls.filter(({ at }) => at >= hour && at < hour + HOUR);
    const numbers = found.get(hour);
    expect(numbers).toMatchObject({ succeeded: own.length, failed: 0, retried: 0, skewed: 0 });
    for (const key of DURATION_KEYS) {
      const sketch = numbers?.[key];
      expect(sketch?.count).toBe(own.length);
      const sorted = own.map((call) => call[key]).sort((a, b) => a - b);
      for (const share of [0.5, 0.95, 0.99]) {
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
        const off = Math.abs((sketch?.quantiles([share])[0] ?? Number.NaN) - exact);
        // Events tell whole milliseconds.
        expect(off).toBeLessThanOrEqual(exact * RELATIVE_ERROR + 0.0005);
      }
    }
  }
}

function describeNumbers(found: ReadonlyMap<number, TaskNumbers>) {
  return Array.from(found, ([at, numbers]) => ({
    at,
    counts: [numbers.succeeded, numbers.failed, numbers.retried, numbers.skewed],
    sketches: DURATION_KEYS.map((key) => numbers[key]?.listBuckets()),
  })).sort((a, b) => a.at - b.at);
}
