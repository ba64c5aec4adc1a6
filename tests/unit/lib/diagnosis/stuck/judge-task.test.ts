import { describe, expect, test } from "vitest";
import { judgeTask } from "@/lib/diagnosis/stuck/judge-task";
import type { StuckFacts } from "@/lib/diagnosis/stuck/stuck-task";
import type { HeldTask } from "@/lib/store/held-tasks";
import type { TaskLimits } from "@/lib/store/worker-answers";
import { makeReserved, makeRunning, makeWorker, NOW } from "../make-held-task";

const LIMITS: TaskLimits = { rateLimit: null, softTimeLimit: null, timeLimit: null };

function judge(task: HeldTask, worker = makeWorker(), facts: Partial<StuckFacts> = {}) {
  return judgeTask(task, {
    ...{ now: NOW, seconds: 300, usual: new Map(), visibilityTimeoutSeconds: 3_600 },
    workers: new Map([[worker.hostname, worker]]),
    ...facts,
  });
}

describe("reserved-long", () => {
  test("a task that is reserved for longer than asked for", () => {
    expect(judge(makeReserved(720))).toEqual({
      ...{ id: "reserved-1", name: "shop.mail.send", worker: "mail@box", queue: null },
      ...{ reason: "reserved-long", remedy: "revoke", since: NOW - 720_000, forSeconds: 720 },
      detail: "Reserved for 12 min and not begun.",
    });
    expect(judge(makeReserved(300))).toBeNull();
    expect(judge(makeReserved(20), makeWorker(), { seconds: 10 })?.reason).toBe("reserved-long");
  });

  test("the time before its eta does not count", () => {
    const eta = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
    expect(judge(makeReserved(7_200, { eta: eta(60) }))).toBeNull();
    expect(judge(makeReserved(7_200, { eta: eta(-60) }))).toBeNull();
    expect(judge(makeReserved(7_200, { eta: eta(-400) }))?.forSeconds).toBe(400);
  });

  test("names its rate limit", () => {
    const limits = { "shop.mail.send": { ...LIMITS, rateLimit: "10/m" } };
    expect(judge(makeReserved(720), makeWorker({}, { limits }))?.detail).toBe(
      "Reserved for 12 min and not begun; its rate limit is 10/m.",
    );
  });

  test("a worker whose clock is wrong makes nothing old", () => {
    const behind = makeWorker({ clockAheadMs: -600_000 });
    expect(judge(makeReserved(720), behind)).toBeNull();
    expect(judge(makeReserved(1_320), behind)?.forSeconds).toBe(720);
  });
});

describe("over-time-limit", () => {
  const limited = (limits: Partial<TaskLimits>, answers = {}) =>
    makeWorker({}, { limits: { "shop.mail.send": { ...LIMITS, ...limits } }, ...answers });

  test("a task past its own limit, of which the soft one counts first", () => {
    expect(judge(makeRunning(66), limited({ timeLimit: 60 }))).toMatchObject({
      ...{ reason: "over-time-limit", remedy: "terminate", since: NOW - 66_000, forSeconds: 66 },
      detail: "Running for 1 min 6 s; its hard time limit is 1 min.",
    });
    expect(judge(makeRunning(65), limited({ timeLimit: 60 }))).toBeNull();
    expect(judge(makeRunning(50), limited({ softTimeLimit: 30, timeLimit: 60 }))?.detail).toBe(
      "Running for 50 s; its soft time limit is 30 s.",
    );
  });

  test("the pool's limit holds for tasks without one, and some pools do not enforce it", () => {
    expect(judge(makeRunning(120), makeWorker({}, { hardLimitSeconds: 100 }))?.detail).toBe(
      "Running for 2 min; its hard time limit is 1 min 40 s.",
    );
    expect(judge(makeRunning(120), limited({ timeLimit: 60 }, { pool: "solo" }))?.detail).toBe(
      "Running for 2 min; its hard time limit is 1 min, which the solo pool does not enforce.",
    );
    expect(judge(makeRunning(9_999))).toBeNull();
  });
});

describe("slower-than-usual", () => {
  const usual = (runs: number, p99: number) => ({ usual: new Map([["shop.mail.send", { runs, p99 }]]) });

  test("a task that runs half as long again as 99 % of its kind", () => {
    expect(judge(makeRunning(720), makeWorker(), usual(500, 39.2))).toMatchObject({
      ...{ reason: "slower-than-usual", remedy: "terminate", forSeconds: 720 },
      detail: "Running for 12 min; 99 % of its kind end within 40 s.",
    });
    expect(judge(makeRunning(59), makeWorker(), usual(500, 40))).toBeNull();
    expect(judge(makeRunning(60), makeWorker(), usual(500, 40))).not.toBeNull();
    expect(judge(makeRunning(720, { state: "PROGRESS" }), makeWorker(), usual(500, 40))).not.toBeNull();
  });

  test("not when a short task has run for seconds, nor when too few are known", () => {
    expect(judge(makeRunning(9), makeWorker(), usual(500, 0.1))).toBeNull();
    expect(judge(makeRunning(10), makeWorker(), usual(500, 0.1))?.detail).toBe(
      "Running for 10 s; 99 % of its kind end within 1 s.",
    );
    expect(judge(makeRunning(720), makeWorker(), usual(29, 0.1))).toBeNull();
  });
});

describe("worker-gone", () => {
  const dead = makeWorker({ announced: "silent", lastHeartbeatAt: NOW - 90_000 });

  test("a task that ran is lost, unless the broker delivers it again", () => {
    expect(judge(makeRunning(720), dead)).toMatchObject({
      ...{ reason: "worker-gone", remedy: "redispatch", since: NOW - 90_000, forSeconds: 90 },
      detail:
        "Its worker went away without a word while it ran. It is lost, unless it has acks_late: then the broker gives it " +
        "to another worker 1 h after it was delivered, and sent again it would run twice.",
    });
    expect(judge(makeRunning(720), dead, { visibilityTimeoutSeconds: null })?.detail).toContain(
      "then the broker has given it back to its queue, and sent again it would run twice.",
    );
  });

  test("a task that was reserved is not", () => {
    expect(judge(makeReserved(5), dead)).toMatchObject({
      ...{ reason: "worker-gone", remedy: "revoke" },
      detail:
        "Its worker went away without a word before it began. It is not lost: the broker gives it to another worker 1 h " +
        "after it was delivered. Revoke it if it must not run then.",
    });
  });

  test("a worker that is not known any more", () => {
    expect(judge(makeRunning(720), makeWorker({ hostname: "two@box" }))).toMatchObject({
      ...{ reason: "worker-gone", since: NOW - 720_000, forSeconds: 720 },
      detail: expect.stringMatching(/^Nothing has been heard of its worker for days; the task was running\./),
    });
  });

  test("a process that has taken the name did not take the task", () => {
    const restarted = makeWorker({ bornAt: NOW - 10_000 });
    expect(judge(makeRunning(60), restarted)).toMatchObject({ reason: "worker-gone", since: NOW - 10_000 });
    expect(judge(makeRunning(5), restarted)).toBeNull();
  });
});

describe("redelivered", () => {
  const attempt = {
    receivedAt: NOW - 60_000,
    startedAt: null,
    endedAt: null,
    state: "STARTED",
    exception: null,
  };
  const attempts = [
    { ...attempt, worker: "two@box" },
    { ...attempt, worker: "mail@box" },
  ];

  test("a task that was taken again before it had ended", () => {
    expect(judge(makeRunning(5, { attempts }))).toMatchObject({
      ...{ reason: "redelivered", remedy: "terminate", since: NOW - 60_000, forSeconds: 60 },
      detail: "Delivered 2 times; two@box had it before and was not heard to end it.",
    });
    expect(judge(makeReserved(5, { attempts }))?.remedy).toBe("revoke");
  });

  test("a retry is none, even where the end of its first run was not heard", () => {
    expect(judge(makeRunning(5, { attempts, retries: 1 }))).toBeNull();
    const ended = attempts.map((one, index) => (index === 0 ? { ...one, endedAt: NOW - 70_000 } : one));
    expect(judge(makeRunning(5, { attempts: ended }))).toBeNull();
  });
});
