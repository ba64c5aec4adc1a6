import { describe, expect, it } from "vitest";
import type { TaskEvent } from "@/lib/celery/celery-event";
import { failed, progress, received, sent, started, succeeded } from "./event-factory";
import { foldTaskEvents } from "./fold-task-events";

describe("foldTaskEvent", () => {
  it("follows a task from sent to succeeded", () => {
    expect(
      foldTaskEvents([sent(1000), received(1010), started(1020), succeeded(1300, { clock: 9 })]),
    ).toEqual({
      id: "id-1",
      name: "shop.pay",
      state: "SUCCESS",
      worker: "w1@vm",
      queue: "celery",
      args: "(1,)",
      kwargs: "{}",
      result: "'ok'",
      exception: null,
      traceback: null,
      retries: 0,
      eta: null,
      expires: null,
      rootId: "id-1",
      parentId: null,
      sentAt: 1000,
      receivedAt: 1010,
      startedAt: 1020,
      finishedAt: 1300,
      runtimeSeconds: 0.25,
      stateAt: 1300,
      clock: 9,
      attempts: [
        {
          worker: "w1@vm",
          receivedAt: 1010,
          startedAt: 1020,
          endedAt: 1300,
          state: "SUCCESS",
          exception: null,
        },
      ],
    });
  });

  it("knows a sent task as PENDING, of no worker", () => {
    expect(foldTaskEvents([sent(1000)])).toMatchObject({
      state: "PENDING",
      stateAt: 1000,
      worker: null,
      attempts: [],
    });
  });

  it("takes the runtime of a failure from its times", () => {
    expect(foldTaskEvents([received(1000), started(1010), failed(3510)])).toMatchObject({
      state: "FAILURE",
      exception: "ValueError('no')",
      traceback: "Traceback\nValueError: no",
      finishedAt: 3510,
      runtimeSeconds: 2.5,
    });
  });

  it("leaves the runtime unknown when the start was not heard", () => {
    expect(foldTaskEvents([received(1000), failed(3510)])).toMatchObject({
      finishedAt: 3510,
      runtimeSeconds: null,
    });
  });

  it("shows a worker's refusal of an unknown task", () => {
    const unknown = failed(1000, { exception: "NotRegistered('no.such')", traceback: null });
    expect(foldTaskEvents([unknown])).toMatchObject({
      name: null,
      state: "FAILURE",
      exception: "NotRegistered('no.such')",
    });
  });

  it("shows a custom state until the end", () => {
    const running = [received(1000), started(1001), progress(1005)];
    expect(foldTaskEvents(running)).toMatchObject({
      state: "PROGRESS",
      stateAt: 1005,
      startedAt: 1001,
      finishedAt: null,
    });
    expect(foldTaskEvents([...running, started(1001)])).toMatchObject({ state: "PROGRESS" });
    expect(foldTaskEvents([...running, succeeded(1010)])).toMatchObject({ state: "SUCCESS" });
  });

  it("lets no custom event pass itself off as an end", () => {
    expect(foldTaskEvents([received(1000), progress(1001, { eventType: "task-success" })])).toMatchObject({
      state: "RECEIVED",
    });
  });

  it.each([
    ["task-revoked", "REVOKED", 1020],
    ["task-rejected", "REJECTED", null],
    ["task-cancelled", "CANCELLED", null],
  ] as const)("ends an attempt with %s", (type, state, finishedAt) => {
    const common = { uuid: "id-1", hostname: "w1@vm", pid: 1, clock: 1, timestamp: 1020 };
    const more = { isTerminated: true, isExpired: false, signal: "9", isRequeued: false };
    // One object for three events: each takes the fields that it knows.
    const record = foldTaskEvents([received(1000), started(1010), { type, ...common, ...more } as TaskEvent]);
    expect(record).toMatchObject({ state, finishedAt, stateAt: 1020 });
    expect(record.attempts).toMatchObject([{ endedAt: 1020, state }]);
    expect(
      foldTaskEvents([
        received(1000),
        started(1010),
        { type, ...common, ...more } as TaskEvent,
        received(1030),
      ]).state,
    ).toBe("RECEIVED");
  });

  it("keeps the queue and the time of the last sending, and the sender's words only until a worker speaks", () => {
    const retry = sent(1008, { queue: "slow", retries: 1, name: "other" });
    expect(foldTaskEvents([sent(1000), received(1001), retry])).toMatchObject({
      queue: "slow",
      sentAt: 1008,
      retries: 0,
      name: "shop.pay",
    });
    expect(foldTaskEvents([retry, sent(1000)])).toMatchObject({ queue: "slow", sentAt: 1008, name: "other" });
  });
});
