import { expect, test } from "vitest";
import type { TaskEvent } from "@/lib/celery/celery-event";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import { readEvent } from "@/lib/celery/events/read-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import { measureEvent } from "@/lib/collector/numbers/measure-event";

const T = 1_795_000_000;
const CALL = { name: "pay", args: "()", kwargs: "{}", retries: 0, eta: null };

test("waits and run time, each by the event that ends it", () => {
  expect(measure([sent(0), received(2), started(5), succeeded(9, { runtime: 3.5 })])).toEqual([
    null,
    { counted: null, duration: "queueWait", seconds: 2, worker: "w1" },
    { counted: null, duration: "workerWait", seconds: 3, worker: "w1" },
    { counted: "succeeded", duration: "runtime", seconds: 3.5, worker: "w1" },
  ]);
});

test("a run time that the worker doesn't tell is that between its events", () => {
  const [, , ended] = measure([received(2), started(5), succeeded(9, { runtime: null })]);
  expect(ended).toEqual({ counted: "succeeded", duration: "runtime", seconds: 4, worker: "w1" });
});

test("what came before counts nothing a second time", () => {
  const events = [sent(0), received(2), started(5), failed(9)];
  const [, , , ended, ...again] = measure([...events, ...events]);
  expect(ended).toEqual({ counted: "failed", duration: null, seconds: 0, worker: "w1" });
  expect(again).toEqual([null, null, null, null]);
});

test("a sending that is heard of late is measured then", () => {
  const [first, late] = measure([received(2), sent(0)]);
  expect(first).toBeNull();
  expect(late).toEqual({ counted: null, duration: "queueWait", seconds: 2, worker: "w1" });
});

test("of a retry, each sending is measured once, also where it is heard of late", () => {
  const again = { retries: 1, eta: new Date((T + 20) * 1000).toISOString() };
  const found = measure([
    ...[sent(0), received(1), started(2), retried(3)],
    ...[received(4, again), sent(3, again), started(21)],
  ]);
  expect(found.slice(3)).toEqual([
    { counted: "retried", duration: null, seconds: 0, worker: "w1" },
    null,
    { counted: null, duration: "queueWait", seconds: 1, worker: "w1" },
    // Held until its time by the worker: only what came after was a wait.
    { counted: null, duration: "workerWait", seconds: 1, worker: "w1" },
  ]);
});

test("a task that the broker delivers again was not in the queue all the time", () => {
  const [, , , again] = measure([sent(0), received(1), started(2), received(900, {}, "w2")]);
  expect(again).toBeNull();
});

test("a broker that holds a task back until its time is no queue meanwhile", () => {
  const eta = new Date((T + 60) * 1000).toISOString().replace("Z", "");
  expect(measure([sent(0, { eta }), received(63, { eta })])[1]).toMatchObject({ seconds: 3 });
});

test("clocks that disagree give what is no duration", () => {
  expect(measure([sent(10), received(2)])[1]).toMatchObject({ duration: "queueWait", seconds: -8 });
});

test("a sending that is stamped a little after the receipt was no wait", () => {
  expect(measure([sent(2.9), received(2)])[1]).toMatchObject({ duration: "queueWait", seconds: 0 });
  expect(measure([sent(3.1), received(2)])[1]).toMatchObject({ seconds: -1.1 });
});

test("an end that a result backend told before is counted there", () => {
  const ended = foldTaskEvent(null, received(1));
  const told = { ...ended, state: "SUCCESS" as const, finishedAt: T * 1000, stateAt: T * 1000 };
  expect(measureEvent(succeeded(9, {}), foldTaskEvent(told, succeeded(9, {})), told)).toBeNull();
});

function measure(events: readonly TaskEvent[]) {
  let before: TaskRecord | null = null;
  return events.map((event) => {
    const record = foldTaskEvent(before, event);
    const measured = measureEvent(event, record, before);
    before = record;
    return measured;
  });
}

function make(type: string, at: number, fields: object, hostname = "w1"): TaskEvent {
  const event = readEvent({ type, uuid: "t", hostname, timestamp: T + at, pid: 1, clock: 1, ...fields });
  // Every type above is a task's.
  return event as TaskEvent;
}

const sent = (at: number, fields = {}) => make("task-sent", at, { ...CALL, queue: "q", ...fields }, "client");
const received = (at: number, fields = {}, worker = "w1") =>
  make("task-received", at, { ...CALL, ...fields }, worker);
const started = (at: number) => make("task-started", at, {});
const failed = (at: number) => make("task-failed", at, { exception: "E()" });
const retried = (at: number) => make("task-retried", at, { exception: "E()" });
const succeeded = (at: number, fields: object) => make("task-succeeded", at, { result: "1", ...fields });
