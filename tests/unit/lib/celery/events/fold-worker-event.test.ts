import { describe, expect, it } from "vitest";
import { foldWorkerEvent, isWorkerSignal } from "@/lib/celery/events/fold-worker-event";
import { getPatienceMs, isWorkerOnline } from "@/lib/celery/worker-liveness";
import { heartbeat, progress, sent, started } from "./event-factory";

const ASKED_FOR = { freqSeconds: 5, active: null, processed: null, loadAverage: null };
const FIRST = foldWorkerEvent(null, heartbeat(), 50_000);

describe("foldWorkerEvent", () => {
  it("keeps what a heartbeat says, and our own time", () => {
    expect(FIRST).toEqual({
      hostname: "w1@vm",
      announced: "online",
      lastHeartbeatAt: 50_000,
      freqSeconds: 2,
      pid: 7,
      formerPid: null,
      bornAt: null,
      progressAt: 50_000,
      clockAheadMs: -49_000,
      active: 3,
      processed: 40,
      loadAverage: [1, 0.5, 0.25],
      softwareIdentity: "py-celery",
      softwareVersion: "5.6.3",
      softwareSystem: "Linux",
    });
  });

  it("keeps the worker's own interval and numbers when a heartbeat was asked for", () => {
    const slow = foldWorkerEvent(null, heartbeat({ freqSeconds: 60 }), 50_000);
    const asked = heartbeat({ ...ASKED_FOR, timestamp: 2_000 });
    expect(foldWorkerEvent(slow, asked, 51_000)).toEqual({ ...slow, lastHeartbeatAt: 51_000 });
    // Its own interval may be any, or it may have none.
    expect(foldWorkerEvent(null, asked, 51_000).freqSeconds).toBeNull();
  });

  it("takes a task's event for a sign of life", () => {
    const event = started(1, { pid: 7 });
    const after = { ...FIRST, lastHeartbeatAt: 55_000, progressAt: 55_000 };
    expect(foldWorkerEvent(FIRST, event, 55_000)).toEqual(after);
    expect(foldWorkerEvent({ ...FIRST, announced: "silent" }, event, 55_000)).toEqual(after);
    expect(foldWorkerEvent(null, event, 55_000)).toMatchObject({
      ...{ hostname: "w1@vm", announced: "online", active: null, freqSeconds: null, pid: 7 },
    });
  });

  it("believes a goodbye until the next heartbeat", () => {
    const gone = foldWorkerEvent(FIRST, heartbeat({ type: "worker-offline", active: 0 }), 2);
    expect(gone).toMatchObject({ announced: "offline", active: 0 });
    expect(foldWorkerEvent(gone, started(1, { pid: 7 }), 3).announced).toBe("offline");
    expect(foldWorkerEvent(gone, heartbeat({ type: "worker-online" }), 4).announced).toBe("online");
  });

  it("counts as progress only what changes the number of tasks", () => {
    const idle = foldWorkerEvent(FIRST, heartbeat(), 60_000);
    expect(idle).toMatchObject({ lastHeartbeatAt: 60_000, progressAt: 50_000 });
    expect(foldWorkerEvent(FIRST, heartbeat({ processed: 41 }), 60_000).progressAt).toBe(60_000);
    expect(foldWorkerEvent(FIRST, heartbeat({ active: 2 }), 60_000).progressAt).toBe(60_000);
  });

  it.each([-1, 0, null])("does not believe an interval of %s", (freqSeconds) => {
    expect(foldWorkerEvent(null, heartbeat({ freqSeconds }), 1).freqSeconds).toBeNull();
  });

  it("does not take a client or a task's own event for a worker", () => {
    expect([sent(1), progress(1), started(1), heartbeat()].map(isWorkerSignal)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe("another process under the same name", () => {
  const online = heartbeat({ type: "worker-online", pid: 8, timestamp: 9_000, active: 0, processed: 0 });
  const second = foldWorkerEvent(FIRST, online, 60_000);

  it("starts anew", () => {
    expect(second).toMatchObject({
      ...{ pid: 8, formerPid: 7, bornAt: 9_000, progressAt: 60_000, active: 0, processed: 0 },
    });
    const asked = heartbeat({ ...ASKED_FOR, pid: 8, timestamp: 9_000 });
    expect(foldWorkerEvent(FIRST, asked, 60_000)).toMatchObject({ pid: 8, active: null, freqSeconds: null });
  });

  it("is told by its count of tasks where every process has the same pid, as in containers", () => {
    const again = heartbeat({ timestamp: 9_000, processed: 0 });
    expect(foldWorkerEvent(FIRST, again, 60_000)).toMatchObject({ pid: 7, bornAt: 9_000, processed: 0 });
    const third = foldWorkerEvent(foldWorkerEvent(FIRST, again, 60_000), heartbeat({ processed: 5 }), 61_000);
    expect(foldWorkerEvent(third, heartbeat({ timestamp: 9_900, processed: 0 }), 62_000).bornAt).toBe(9_900);
  });

  it("does not hear the former one any more, unless it is silent itself", () => {
    expect(foldWorkerEvent(second, heartbeat({ type: "worker-offline" }), 61_000)).toBe(second);
    expect(foldWorkerEvent(second, heartbeat({ timestamp: 10_000 }), 61_000)).toBe(second);
    expect(foldWorkerEvent(second, started(10_000, { pid: 7 }), 61_000)).toBe(second);
    const silent = { ...second, announced: "silent" as const };
    expect(foldWorkerEvent(silent, heartbeat({ timestamp: 10_000 }), 61_000)).toMatchObject({
      ...{ pid: 7, formerPid: 8, announced: "online", lastHeartbeatAt: 61_000 },
    });
  });
});

describe("liveness", () => {
  it("is what was last said or judged", () => {
    expect(
      (["online", "silent", "offline"] as const).map((announced) => isWorkerOnline({ announced })),
    ).toEqual([true, false, false]);
  });

  it.each([
    [2, 4_000],
    [20, 40_000],
    [null, 40_000],
  ])("with a heartbeat every %s s, %i ms of silence are no alarm", (freqSeconds, patience) => {
    expect(getPatienceMs({ freqSeconds })).toBe(patience);
  });
});
