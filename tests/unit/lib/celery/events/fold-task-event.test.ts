import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TaskEvent } from "@/lib/celery/celery-event";
import { MAX_ATTEMPTS } from "@/lib/celery/events/fold-attempts";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import { failed, progress, received, rejected, retried, sent, started, succeeded } from "./event-factory";

const B = { hostname: "w2@vm" };

describe("foldTaskEvent", () => {
  it("follows a task from sent to succeeded", () => {
    expect(fold([sent(1000), received(1010), started(1020), succeeded(1300, { clock: 9 })])).toEqual({
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
    expect(fold([sent(1000)])).toMatchObject({ state: "PENDING", stateAt: 1000, worker: null, attempts: [] });
  });

  it("takes the runtime of a failure from its times", () => {
    expect(fold([received(1000), started(1010), failed(3510)])).toMatchObject({
      state: "FAILURE",
      exception: "ValueError('no')",
      traceback: "Traceback\nValueError: no",
      finishedAt: 3510,
      runtimeSeconds: 2.5,
    });
  });

  it("leaves the runtime unknown when the start was not heard", () => {
    expect(fold([received(1000), failed(3510)])).toMatchObject({ finishedAt: 3510, runtimeSeconds: null });
  });

  it("shows a worker's refusal of an unknown task", () => {
    const unknown = failed(1000, { exception: "NotRegistered('no.such')", traceback: null });
    expect(fold([unknown])).toMatchObject({
      name: null,
      state: "FAILURE",
      exception: "NotRegistered('no.such')",
    });
  });

  it("keeps each attempt of a retried task, and the last one's description", () => {
    const record = fold([
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
    const record = fold([received(1000), started(1001), succeeded(1010), received(2000, B)]);
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
    const record = fold([started(1001), succeeded(1010), received(1000)]);
    expect(record).toMatchObject({ state: "SUCCESS", name: "shop.pay", receivedAt: 1000 });
    expect(record.attempts).toHaveLength(1);
  });

  it("knows the state even when the start of the next attempt was lost", () => {
    expect(fold([received(1000), retried(1010), started(1500)])).toMatchObject({
      state: "STARTED",
      worker: "w1@vm",
    });
  });

  it("lets a success stand when another worker, which had the task too, fails later", () => {
    const record = fold([
      received(1000),
      started(1001),
      received(1005, B),
      started(1006, B),
      succeeded(1010),
      failed(1020, B),
    ]);
    expect(record).toMatchObject({ state: "SUCCESS", worker: "w1@vm", result: "'ok'", exception: null });
    expect(record.attempts.map((attempt) => attempt.exception)).toEqual([null, "ValueError('no')"]);
  });

  it("does not let a retry undo the success of a worker whose clock is behind", () => {
    const events = [
      received(1000),
      started(1001),
      retried(1010),
      received(900, B),
      started(901, B),
      succeeded(1005, B),
    ];
    expect(fold(events).state).toBe("SUCCESS");
  });

  it("lets a retry follow an end of the same worker, whose clock can be trusted", () => {
    expect(fold([received(1000), failed(1010), retried(1500)])).toMatchObject({
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
    expect(fold(events).attempts.map((attempt) => attempt.state)).toEqual(["RETRY", "SUCCESS"]);
  });

  it("shows a custom state until the end", () => {
    const running = [received(1000), started(1001), progress(1005)];
    expect(fold(running)).toMatchObject({
      state: "PROGRESS",
      stateAt: 1005,
      startedAt: 1001,
      finishedAt: null,
    });
    expect(fold([...running, started(1001)])).toMatchObject({ state: "PROGRESS" });
    expect(fold([...running, succeeded(1010)])).toMatchObject({ state: "SUCCESS" });
  });

  it("lets no custom event pass itself off as an end", () => {
    expect(fold([received(1000), progress(1001, { eventType: "task-success" })])).toMatchObject({
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
    const record = fold([received(1000), started(1010), { type, ...common, ...more } as TaskEvent]);
    expect(record).toMatchObject({ state, finishedAt, stateAt: 1020 });
    expect(record.attempts).toMatchObject([{ endedAt: 1020, state }]);
    expect(
      fold([received(1000), started(1010), { type, ...common, ...more } as TaskEvent, received(1030)]).state,
    ).toBe("RECEIVED");
  });

  it("keeps the queue and the time of the last sending, and the sender's words only until a worker speaks", () => {
    const retry = sent(1008, { queue: "slow", retries: 1, name: "other" });
    expect(fold([sent(1000), received(1001), retry])).toMatchObject({
      queue: "slow",
      sentAt: 1008,
      retries: 0,
      name: "shop.pay",
    });
    expect(fold([retry, sent(1000)])).toMatchObject({ queue: "slow", sentAt: 1008, name: "other" });
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

  it("gives the same record for one attempt's events in any order and number", () => {
    const ends = [
      succeeded(1300),
      failed(1300),
      retried(1300),
      { ...progress(1300), eventType: "task-done" },
    ];
    const events = fc
      .constantFrom(...ends)
      .map((end) => [sent(990), received(1000), started(1010), progress(1100), end]);
    expectSameInAnyOrder(events);
  });

  it("gives the same record for a task that failed by rejecting itself", () => {
    const events = [received(1000), started(1010), failed(1300), rejected(1300)];
    expect(fold(events)).toMatchObject({ state: "FAILURE", attempts: [{ state: "FAILURE" }] });
    expectSameInAnyOrder(fc.constantFrom(events, [...events.slice(0, 3), rejected(1301)]));
  });

  it("gives the same record for the events of a retried task in any order and number", () => {
    expectSameInAnyOrder(
      fc
        .constantFrom(succeeded(5000, B), failed(5000, B))
        .map((end) => [
          ...[sent(990), received(1000), started(1010), sent(1290, { queue: "slow" }), retried(1300)],
          ...[
            received(2000, { retries: 1 }),
            started(2001),
            retried(2300, { exception: "OSError('twice')" }),
          ],
          ...[received(4000, { ...B, retries: 2 }), started(4001, B), end],
        ]),
    );
  });
});

/** Folds the events in order, then shuffled and with repetitions. */
function expectSameInAnyOrder(scenario: fc.Arbitrary<TaskEvent[]>): void {
  const shuffled = scenario.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc
        .tuple(fc.shuffledSubarray(events), fc.shuffledSubarray(events, { minLength: events.length }))
        .map(([some, all]) => [...some, ...all]),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([events, disordered]) => {
      expect(fold(disordered)).toEqual(fold(events));
    }),
    { numRuns: 1000 },
  );
}

function fold(events: readonly TaskEvent[]): TaskRecord {
  const record = events.reduce<TaskRecord | null>(foldTaskEvent, null);
  if (record === null) throw new Error("no events");
  return record;
}
