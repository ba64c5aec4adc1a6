import { expect, test } from "vitest";
import type { CeleryEvent } from "@/lib/celery/celery-event";
import { readEvent } from "@/lib/celery/events/read-event";
import { type MissedStarts, StartCount } from "@/lib/collector/start-count";

const AT = 1_795_000_000_000;

/** One worker and what its collector finds missing; times are seconds. */
function createWorker() {
  const missed: MissedStarts[] = [];
  const count = new StartCount((one) => missed.push(one));
  let pid = 1;
  let processed = 0;
  let seconds = 0;
  const hear = (fields: object) => {
    const event = readEvent({ hostname: "w1", pid, clock: 1, timestamp: AT / 1000 + seconds, ...fields });
    count.note([{ event: event as CeleryEvent, receivedAt: AT + seconds * 1000 }]);
  };
  return {
    missed,
    /** It begins tasks, and tells of so many of them. */
    begin(tasks: number, told = tasks) {
      processed += tasks;
      for (let number = 0; number < told; number += 1) hear({ type: "task-started", uuid: `t${number}` });
    },
    /** Tells of starts that it has counted already. */
    tellLate(tasks: number) {
      for (let number = 0; number < tasks; number += 1) hear({ type: "task-started", uuid: `t${number}` });
    },
    beat(extra: object = {}) {
      seconds += 2;
      hear({ type: "worker-heartbeat", freq: 2, active: 0, processed, ...extra });
    },
    restart() {
      pid += 1;
      processed = 0;
    },
  };
}

function tellOfEnough(worker: ReturnType<typeof createWorker>): void {
  worker.beat();
  worker.begin(150);
  worker.beat();
}

test("finds what was begun and not told of, once it is told of the next", () => {
  const worker = createWorker();
  tellOfEnough(worker);
  worker.begin(80, 10);
  worker.beat();
  expect(worker.missed).toEqual([]);
  worker.begin(5);
  worker.beat();
  worker.begin(5);
  worker.beat();
  expect(worker.missed).toEqual([{ from: AT + 4_000, to: AT + 6_000, count: 70 }]);
});

test("a loss that lasts is one, to its end", () => {
  const worker = createWorker();
  tellOfEnough(worker);
  for (let beats = 0; beats < 3; beats += 1) {
    worker.begin(100, 0);
    worker.beat();
  }
  worker.beat();
  worker.begin(1);
  worker.beat();
  expect(worker.missed).toEqual([{ from: AT + 4_000, to: AT + 10_000, count: 300 }]);
});

test("a heartbeat that overtakes a batch of events misses nothing", () => {
  const worker = createWorker();
  worker.begin(23, 0);
  worker.beat();
  worker.tellLate(23);
  for (let beats = 0; beats < 10; beats += 1) {
    worker.begin(200, 176);
    worker.beat();
    worker.tellLate(24);
  }
  worker.beat();
  expect(worker.missed).toEqual([]);
});

test("what comes late is not missing", () => {
  const worker = createWorker();
  tellOfEnough(worker);
  worker.begin(500, 0);
  worker.beat();
  worker.tellLate(500);
  worker.beat();
  worker.begin(10);
  worker.beat();
  expect(worker.missed).toEqual([]);
});

test("a worker that was not seen to tell of its starts is not judged", () => {
  const worker = createWorker();
  worker.beat();
  for (let beats = 0; beats < 5; beats += 1) {
    worker.begin(100, 50);
    worker.beat();
  }
  expect(worker.missed).toEqual([]);
});

test("nor one that again and again has tasks without events", () => {
  const worker = createWorker();
  tellOfEnough(worker);
  for (let rounds = 0; rounds < 10; rounds += 1) {
    worker.begin(150, 100);
    worker.beat();
    worker.begin(10);
    worker.beat();
  }
  expect(worker.missed).toHaveLength(3);
});

test("another process counts anew, and a heartbeat that somebody asked for says nothing", () => {
  const worker = createWorker();
  tellOfEnough(worker);
  worker.beat({ active: undefined, processed: undefined });
  worker.restart();
  worker.begin(90, 0);
  worker.beat();
  worker.begin(3);
  worker.beat();
  expect(worker.missed).toEqual([]);
});
