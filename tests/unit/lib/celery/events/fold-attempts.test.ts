import { describe, expect, it } from "vitest";
import { MAX_ATTEMPTS } from "@/lib/celery/events/fold-attempts";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import { failed, OTHER_WORKER, received, retried, started, succeeded } from "./event-factory";
import { foldTaskEvents } from "./fold-task-events";

describe("foldTaskEvent, of a task that is attempted again", () => {
  it("keeps each attempt of a retried task, and the last one's description", () => {
    const record = foldTaskEvents([
      received(1000),
      started(1001),
      retried(1010),
      received(1020, { retries: 1, eta: "2026-11-23T01:00:00+00:00" }),
      started(2001),
      succeeded(2100),
    ]);
    expect(record).toMatchObject({
      state: "SUCCESS",
      retries: 1,
      receivedAt: 1020,
      startedAt: 2001,
      exception: null,
    });
    expect(record.attempts).toEqual([
      {
        worker: "w1@vm",
        receivedAt: 1000,
        startedAt: 1001,
        endedAt: 1010,
        state: "RETRY",
        exception: "OSError('again')",
      },
      {
        worker: "w1@vm",
        receivedAt: 1020,
        startedAt: 2001,
        endedAt: 2100,
        state: "SUCCESS",
        exception: null,
      },
    ]);
  });

  it("begins anew when a task is received after it ended", () => {
    const record = foldTaskEvents([
      received(1000),
      started(1001),
      succeeded(1010),
      received(2000, OTHER_WORKER),
    ]);
    expect(record).toMatchObject({
      state: "RECEIVED",
      worker: "w2@vm",
      finishedAt: null,
      result: null,
      runtimeSeconds: null,
    });
    expect(record.attempts.map((attempt) => attempt.state)).toEqual(["SUCCESS", "RECEIVED"]);
  });

  it("takes a late `received` for what it is", () => {
    const record = foldTaskEvents([started(1001), succeeded(1010), received(1000)]);
    expect(record).toMatchObject({ state: "SUCCESS", name: "shop.pay", receivedAt: 1000 });
    expect(record.attempts).toHaveLength(1);
  });

  it("knows the state even when the start of the next attempt was lost", () => {
    expect(foldTaskEvents([received(1000), retried(1010), started(1500)])).toMatchObject({
      state: "STARTED",
      worker: "w1@vm",
    });
  });

  it("lets a success stand when another worker, which had the task too, fails later", () => {
    const record = foldTaskEvents([
      received(1000),
      started(1001),
      received(1005, OTHER_WORKER),
      started(1006, OTHER_WORKER),
      succeeded(1010),
      failed(1020, OTHER_WORKER),
    ]);
    expect(record).toMatchObject({ state: "SUCCESS", worker: "w1@vm", result: "'ok'", exception: null });
    expect(record.attempts.map((attempt) => attempt.exception)).toEqual([null, "ValueError('no')"]);
  });

  it("does not let a retry undo the success of a worker whose clock is behind", () => {
    const events = [
      received(1000),
      started(1001),
      retried(1010),
      received(900, OTHER_WORKER),
      started(901, OTHER_WORKER),
      succeeded(1005, OTHER_WORKER),
    ];
    expect(foldTaskEvents(events).state).toBe("SUCCESS");
  });

  it("lets a retry follow an end of the same worker, whose clock can be trusted", () => {
    expect(foldTaskEvents([received(1000), failed(1010), retried(1500)])).toMatchObject({
      state: "RETRY",
      finishedAt: null,
    });
  });

  it("files a retry that is reported after the task was received again", () => {
    const events = [
      received(1000),
      started(1001),
      received(1009),
      retried(1010),
      started(1011),
      succeeded(1020),
    ];
    expect(foldTaskEvents(events).attempts.map((attempt) => attempt.state)).toEqual(["RETRY", "SUCCESS"]);
  });

  it("lets the next attempt's end stand when the retry is reported after it", () => {
    const events = [
      received(1000),
      started(1001),
      received(1009, { retries: 1 }),
      started(1011),
      succeeded(1020),
      retried(1025),
    ];
    const record = foldTaskEvents(events);
    expect(record).toMatchObject({ state: "SUCCESS", finishedAt: 1020 });
    expect(record.attempts.map((attempt) => attempt.state)).toEqual(["RETRY", "SUCCESS"]);
  });

  it("gives each attempt its own end when the next one began before the retry was reported", () => {
    const record = foldTaskEvents([
      received(1000),
      started(1001),
      received(1008),
      started(1009),
      retried(1010),
      received(1018),
      started(1019),
      retried(1020),
      failed(1030),
    ]);
    expect(record).toMatchObject({ state: "FAILURE", receivedAt: 1018, startedAt: 1019, finishedAt: 1030 });
    expect(record.attempts.map(({ startedAt, endedAt, state }) => [startedAt, endedAt, state])).toEqual([
      [1001, 1010, "RETRY"],
      [1009, 1020, "RETRY"],
      [1019, 1030, "FAILURE"],
    ]);
  });

  it("remembers a bounded number of attempts, the latest", () => {
    let record: TaskRecord | null = null;
    for (let n = 0; n < 30; n++) {
      for (const event of [received(n * 100), started(n * 100 + 1), retried(n * 100 + 2)])
        record = foldTaskEvent(record, event);
    }
    expect(record?.attempts).toHaveLength(MAX_ATTEMPTS);
    expect(record?.attempts[0]?.receivedAt).toBe(1000);
  });
});
