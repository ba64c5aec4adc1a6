import { describe, expect, test } from "vitest";
import type { CeleryEvent } from "@/lib/celery/celery-event";
import { foldEvents, type KnownRecords } from "@/lib/collector/fold-events";

const T = 1_795_000_000_000;
const NOTHING_KNOWN: KnownRecords = { task: () => null, worker: () => null };

describe("foldEvents", () => {
  test("folds the events of a task into one record, and its worker's life from them", () => {
    const { tasks, workers } = fold([
      received("a", T),
      { ...common("w1", T + 5), type: "task-started", uuid: "a" },
      { ...common("w1", T + 9), type: "task-succeeded", uuid: "a", result: "3", runtimeSeconds: 0.004 },
      received("b", T + 1),
    ]);
    expect([...tasks.keys()]).toEqual(["a", "b"]);
    expect(tasks.get("a")).toMatchObject({ state: "SUCCESS", finishedAt: T + 9, result: "3" });
    expect(tasks.get("b")?.state).toBe("RECEIVED");
    expect([...workers.keys()]).toEqual(["w1"]);
    expect(workers.get("w1")?.lastHeartbeatAt).toBe(T + 1003);
  });

  test("goes on from the records that are known", () => {
    const first = fold([received("a", T)]);
    const then = fold([{ ...common("w1", T + 5), type: "task-started", uuid: "a" }], {
      task: (id) => first.tasks.get(id) ?? null,
      worker: (hostname) => first.workers.get(hostname) ?? null,
    });
    expect(then.tasks.get("a")).toMatchObject({ state: "STARTED", name: "pay", startedAt: T + 5 });
  });

  test("a client that sends tasks is no worker, and is what names the queue of a task type", () => {
    const { workers, taskTypes } = fold([sent("a", "bills"), received("a", T), sent("b", null)]);
    expect([...workers.keys()]).toEqual(["w1"]);
    expect(taskTypes).toEqual([{ name: "pay", queue: "bills", at: T + 1002 }]);
  });

  test("counts ends and retries by the time at which they came", () => {
    const failed: CeleryEvent = {
      ...common("w1", T),
      ...{ type: "task-failed", uuid: "f", exception: "E('x')", traceback: null },
    };
    const { throughput } = foldEvents(
      [
        { event: failed, receivedAt: T },
        { event: { ...failed, type: "task-retried" }, receivedAt: T },
        { event: failed, receivedAt: T },
        { event: { ...common("w1", T), type: "task-revoked", uuid: "r", ...REVOKED }, receivedAt: T },
      ],
      NOTHING_KNOWN,
    );
    expect(throughput).toEqual([{ at: T, succeeded: 0, failed: 2, retried: 1 }]);
  });
});

const REVOKED = { isTerminated: false, isExpired: true, signal: null };

/** Folds events that came a millisecond apart. */
function fold(events: readonly CeleryEvent[], known = NOTHING_KNOWN) {
  return foldEvents(
    events.map((event, index) => ({ event, receivedAt: T + 1000 + index })),
    known,
  );
}

function common(hostname: string, timestamp: number) {
  return { hostname, timestamp, pid: 1, clock: 1 };
}

const DESCRIPTION = {
  ...{ name: "pay", args: "(1,)", kwargs: "{}", rootId: null, parentId: null, retries: 0 },
  ...{ eta: null, expires: null },
};

function received(uuid: string, timestamp: number): CeleryEvent {
  return { ...common("w1", timestamp), ...DESCRIPTION, type: "task-received", uuid };
}

function sent(uuid: string, queue: string | null): CeleryEvent {
  return {
    ...common("gen1@web", T - 5),
    ...DESCRIPTION,
    ...{ type: "task-sent", uuid, queue, exchange: "", routingKey: queue },
  };
}
