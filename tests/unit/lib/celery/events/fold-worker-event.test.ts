import { describe, expect, it } from "vitest";
import { foldWorkerEvent, isWorkerSignal } from "@/lib/celery/events/fold-worker-event";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { heartbeat, progress, sent, started } from "./event-factory";

describe("foldWorkerEvent", () => {
  it("keeps what a heartbeat says, and our own time", () => {
    expect(foldWorkerEvent(null, heartbeat(), 50_000)).toEqual({
      hostname: "w1@vm",
      announced: "online",
      lastHeartbeatAt: 50_000,
      freqSeconds: 2,
      pid: 7,
      active: 3,
      processed: 40,
      loadAverage: [1, 0.5, 0.25],
      softwareIdentity: "py-celery",
      softwareVersion: "5.6.3",
      softwareSystem: "Linux",
    });
  });

  it("keeps the old numbers when a heartbeat that was asked for names none", () => {
    const first = foldWorkerEvent(null, heartbeat(), 50_000);
    const asked = heartbeat({ freqSeconds: 5, active: null, processed: null, loadAverage: null });
    expect(foldWorkerEvent(first, asked, 51_000)).toEqual({
      ...first,
      lastHeartbeatAt: 51_000,
      freqSeconds: 5,
    });
  });

  it("takes a task's event for a sign of life", () => {
    const first = foldWorkerEvent(null, heartbeat(), 50_000);
    expect(foldWorkerEvent(first, started(1), 55_000)).toEqual({ ...first, lastHeartbeatAt: 55_000 });
    expect(foldWorkerEvent(null, started(1), 55_000)).toMatchObject({
      hostname: "w1@vm",
      announced: "online",
      active: null,
    });
  });

  it("believes a goodbye until the next heartbeat", () => {
    const gone = foldWorkerEvent(
      foldWorkerEvent(null, heartbeat(), 1),
      heartbeat({ type: "worker-offline", active: 0 }),
      2,
    );
    expect(gone).toMatchObject({ announced: "offline", active: 0 });
    expect(foldWorkerEvent(gone, started(1), 3).announced).toBe("offline");
    expect(foldWorkerEvent(gone, heartbeat({ type: "worker-online" }), 4).announced).toBe("online");
  });

  it.each([-1, 0, null])("does not believe an interval of %s", (freqSeconds) => {
    expect(foldWorkerEvent(null, heartbeat({ freqSeconds }), 1).freqSeconds).toBe(2);
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

describe("isWorkerOnline", () => {
  it.each([
    [2, 10_000, true],
    [2, 10_001, false],
    [20, 60_000, true],
    [20, 60_001, false],
  ])("a worker with a heartbeat every %d s and %d ms of silence: %s", (freqSeconds, silence, online) => {
    expect(isWorkerOnline({ announced: "online", lastHeartbeatAt: 1000, freqSeconds }, 1000 + silence)).toBe(
      online,
    );
  });

  it("is false at once after a goodbye", () => {
    expect(isWorkerOnline({ announced: "offline", lastHeartbeatAt: 1000, freqSeconds: 2 }, 1000)).toBe(false);
  });
});
