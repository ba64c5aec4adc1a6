import { describe, expect, test } from "vitest";
import type { ClusterFacts } from "@/lib/diagnosis/marks/cluster-facts";
import { markWorkers } from "@/lib/diagnosis/marks/mark-workers";
import type { StoredQueue } from "@/lib/store/queues";
import { makeReserved, makeRunning, makeWorker, NOW } from "../make-held-task";

const QUEUE: StoredQueue = {
  ...{ name: "mail", depth: 12, unacked: 0, consumers: null, byPriority: null, source: "redis" },
  ...{ oldestWaitingSeconds: 90, oldestWaitingIsMinimum: true, publishPerSecond: 1, ackPerSecond: 0 },
  sampledAt: NOW - 1_000,
};
const IDLE = { active: 0, progressAt: NOW - 120_000 };

/** The marks of the first worker, by kind. */
function mark(facts: Partial<ClusterFacts>): Record<string, string> {
  const workers = facts.workers ?? [makeWorker()];
  const nothing = { now: NOW, workers, queues: [], held: [], unanswered: () => null, memory: () => null };
  const marks = markWorkers({ ...nothing, ...facts }).get(workers[0]?.hostname ?? "") ?? [];
  return Object.fromEntries(marks.map(({ mark, detail }) => [mark, detail]));
}

test("a worker with which nothing is wrong has no marks", () => {
  expect(mark({ queues: [QUEUE], held: [makeRunning(600)] })).toEqual({});
});

test("one that is offline has none either: that is what is wrong", () => {
  const worker = makeWorker({ announced: "silent", ...IDLE });
  expect(mark({ workers: [worker], queues: [QUEUE], memory: () => GROWTH })).toEqual({});
});

describe("frozen, because it is deaf", () => {
  const gone = { rounds: 2, roundsWithoutMailbox: 2, since: NOW - 30_000 };
  const mute = { rounds: 3, roundsWithoutMailbox: 0, since: NOW - 45_000 };
  const frozenWhen = (unanswered: typeof gone, worker = makeWorker(IDLE)) =>
    mark({ workers: [worker], unanswered: () => unanswered }).frozen;

  test("it has no mailbox any more, twice", () => {
    expect(frozenWhen(gone)).toBe(
      "Its heartbeats arrive, but it listens to no remote control any more, for 30 s, and has begun no task since.",
    );
    expect(frozenWhen({ ...gone, rounds: 1, roundsWithoutMailbox: 1 })).toBeUndefined();
  });

  test("it leaves questions unanswered that others answer, three times", () => {
    expect(frozenWhen(mute)).toBe(
      "Its heartbeats arrive, but it has answered none of the last 3 questions, for 45 s, and has begun no task since.",
    );
    expect(frozenWhen({ ...mute, rounds: 2 })).toBeUndefined();
  });

  test("not while it begins tasks", () => {
    expect(frozenWhen(mute, makeWorker({ progressAt: NOW - 14_999 }))).toBeUndefined();
    expect(frozenWhen(mute, makeWorker({ progressAt: NOW - 15_000 }))).toBeDefined();
  });

  test("a solo worker that has a mailbox may be busy", () => {
    const solo = makeWorker(IDLE, { pool: "solo" });
    expect(frozenWhen(mute, solo)).toBeUndefined();
    expect(frozenWhen(gone, solo)).toBeDefined();
  });
});

describe("frozen, because it leaves its queue lying", () => {
  const frozen = (facts: Partial<ClusterFacts> = {}) =>
    mark({ workers: [makeWorker(IDLE)], queues: [QUEUE], ...facts }).frozen;

  test("with free slots and messages that wait", () => {
    expect(frozen()).toBe(
      "12 messages wait in mail, the oldest for 1 min 30 s, and it has 2 free slots, but has begun no task for 2 min.",
    );
  });

  test.each([
    ["all its slots are taken", { workers: [makeWorker({ ...IDLE, active: 2 })] }],
    ["it began one a moment ago", { workers: [makeWorker({ active: 0, progressAt: NOW - 59_000 })] }],
    ["what waits has just come", { queues: [{ ...QUEUE, oldestWaitingSeconds: 59 }] }],
    ["nothing waits", { queues: [{ ...QUEUE, depth: 0 }] }],
    ["nobody knows how long it waits", { queues: [{ ...QUEUE, oldestWaitingSeconds: null }] }],
    ["the look at the queue is old", { queues: [{ ...QUEUE, sampledAt: NOW - 11_000 }] }],
    ["it is not its queue", { queues: [{ ...QUEUE, name: "reports" }] }],
    ["it has not said what it consumes", { workers: [makeWorker(IDLE, null)] }],
  ])("not when %s", (_what, facts) => {
    expect(frozen(facts)).toBeUndefined();
  });

  test("not while what it holds waits for its rate limit, which fills its prefetch", () => {
    const limits = { "shop.mail.send": { rateLimit: "1/m", softTimeLimit: null, timeLimit: null } };
    const limited = makeWorker(IDLE, { limits });
    expect(frozen({ workers: [limited], held: [makeReserved(50)] })).toBeUndefined();
    expect(frozen({ workers: [limited] })).toBeDefined();
    // Without task events nobody knows what it holds.
    expect(frozen({ workers: [makeWorker(IDLE, { limits, taskEvents: null })] })).toBeUndefined();
  });

  test("on RabbitMQ not while another serves the queue: it may be the only one that is given messages", () => {
    const other = makeWorker({ hostname: "two@box" });
    const workers = [makeWorker(IDLE), other];
    expect(frozen({ workers, queues: [{ ...QUEUE, source: "management" }] })).toBeUndefined();
    expect(frozen({ workers })).toBeDefined();
  });
});

describe("hoarding", () => {
  const busy = makeWorker({ active: 2 });
  const idle = makeWorker({ hostname: "two@box", active: 1 });
  const held = [makeRunning(720, { name: "shop.report" }), makeReserved(60), makeReserved(40, { id: "r2" })];
  const hoarding = (facts: Partial<ClusterFacts> = {}) =>
    mark({ workers: [busy, idle], held, ...facts }).hoarding;

  test("tasks wait behind a long one while another worker of the queue is free", () => {
    expect(hoarding()).toBe(
      "2 tasks wait in it behind shop.report, which has run for 12 min, while two@box has 1 free slot.",
    );
  });

  test.each([
    ["nobody else is there", { workers: [busy] }],
    ["the other is full", { workers: [busy, { ...idle, active: 2 }] }],
    ["the other has tasks that wait, too", { held: [...held, makeReserved(1, { worker: "two@box" })] }],
    ["the other does not answer", { unanswered: () => ({ rounds: 1, roundsWithoutMailbox: 0, since: NOW }) }],
    [
      "the other has another queue",
      { workers: [busy, makeWorker({ hostname: "two@box" }, { queues: ["x"] })] },
    ],
    ["what it runs has just begun", { held: [makeRunning(29), makeReserved(60)] }],
    ["what waits has just come", { held: [makeRunning(720), makeReserved(29)] }],
    ["it runs nothing", { held: [makeReserved(60)] }],
    ["a process before it took them", { workers: [makeWorker({ active: 2, bornAt: NOW - 5_000 }), idle] }],
    [
      "what waits has an eta",
      { held: [makeRunning(720), makeReserved(60, { eta: "2099-01-01T00:00:00Z" })] },
    ],
  ])("not when %s", (_what, facts) => {
    expect(hoarding(facts)).toBeUndefined();
  });

  test("the queue of what waits decides, where it is known", () => {
    const both = makeWorker({ active: 2 }, { queues: ["mail", "reports"] });
    const workers = [both, idle];
    const waiting = (queue: string) => [makeRunning(720), makeReserved(60, { queue })];
    expect(hoarding({ workers, held: waiting("mail") })).toBeDefined();
    expect(hoarding({ workers, held: waiting("reports") })).toBeUndefined();
  });

  test("tasks that wait for their rate limit would wait anywhere", () => {
    const limits = { "shop.mail.send": { rateLimit: "1/m", softTimeLimit: null, timeLimit: null } };
    expect(hoarding({ workers: [makeWorker({ active: 2 }, { limits }), idle] })).toBeUndefined();
  });
});

const GROWTH = { fromBytes: 100 * 1024 * 1024, toBytes: 180 * 1024 * 1024, seconds: 7_200 };

test("memory that grows is told with its figures and what helps in that pool", () => {
  const marksOf = (pool: string) =>
    markWorkers({
      ...{ now: NOW, queues: [], held: [], unanswered: () => null, memory: () => GROWTH },
      workers: [makeWorker({}, { pool })],
    }).get("mail@box");
  expect(marksOf("prefork")).toEqual([
    {
      mark: "memory-growing",
      detail: "The memory of its main process has risen steadily, from 100 MB to 180 MB in 2 h.",
      remedy: expect.stringMatching(/^Set worker_max_tasks_per_child or worker_max_memory_per_child/),
    },
  ]);
  expect(marksOf("threads")?.[0]?.remedy).toMatch(/^Restart it/);
});
