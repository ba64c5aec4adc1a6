import { describe, expect, it } from "vitest";
import { type CeleryEvent, isTaskEvent } from "@/lib/celery/celery-event";
import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";
import { foldTaskEvent } from "@/lib/celery/events/fold-task-event";
import { foldWorkerEvent, isWorkerSignal } from "@/lib/celery/events/fold-worker-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { RECORDED_VERSIONS, type RecordedVersion, readFixture } from "@/tests/support/read-fixture";

/** The fate of each task of `wire_project.run`. */
const FATES: Record<string, Partial<TaskRecord>> = {
  "e-ok": {
    state: "SUCCESS",
    name: "wire_project.app.add",
    args: "(1, 2)",
    result: "3",
    queue: "work",
    retries: 0,
  },
  "e-fail": { state: "FAILURE", exception: "ValueError('no\\nmoney')", result: null },
  "e-retry": { state: "SUCCESS", result: "'second time'", retries: 1, parentId: "e-retry", exception: null },
  "e-progress": { state: "SUCCESS", result: "'done'" },
  "e-unknown": {
    state: "FAILURE",
    exception: "NotRegistered('no.such.task')",
    traceback: null,
    receivedAt: null,
  },
  "e-expired": { state: "REVOKED", expires: "2026-01-01T00:00:00+00:00", receivedAt: null },
  "e-revoked": { state: "REVOKED", startedAt: null },
  "e-terminated": { state: "REVOKED", name: "wire_project.app.sleep" },
};

describe.each(RECORDED_VERSIONS)("events of Celery %s", (version) => {
  it("are all read", () => {
    const messages = readFixture(version, "event-messages").map(decodeEventMessage);
    expect(messages.every(({ malformed }) => malformed === 0)).toBe(true);
    const types = new Set(messages.flatMap(({ events }) => events.map((event) => event.type)));
    expect([...types].sort()).toEqual([
      "task-custom",
      "task-failed",
      "task-received",
      "task-rejected",
      "task-retried",
      "task-revoked",
      "task-sent",
      "task-started",
      "task-succeeded",
      "worker-heartbeat",
      "worker-offline",
      "worker-online",
    ]);
  });

  it.each(Object.entries(FATES))("tell the fate of %s", (id, fate) => {
    const record = foldAll(version).get(id);
    expect(record).toMatchObject({ id, worker: "w1@host", rootId: id, ...fate });
    expect(record?.sentAt).toBeLessThan(record?.stateAt ?? 0);
  });

  it("tell both attempts of a retried task, though the second was received before the first was reported", () => {
    const record = foldAll(version).get("e-retry");
    expect(record?.attempts.map(({ state, exception }) => [state, exception])).toEqual([
      ["RETRY", "OSError('connection reset')"],
      ["SUCCESS", null],
    ]);
    const [first, second] = record?.attempts ?? [];
    expect(second?.receivedAt).toBeLessThan(first?.endedAt ?? 0);
    expect(second?.startedAt).toBeGreaterThan(first?.endedAt ?? 0);
  });

  it("tell that a task rejected itself, which Celery 5.7 calls a failure too", () => {
    const record = foldAll(version).get("e-reject");
    expect(record?.state).toBe(version === "5.7.0" ? "FAILURE" : "REJECTED");
    expect(record?.exception).toBe(version === "5.7.0" ? "reject requeue=False: not for me" : null);
    expect(record?.attempts).toHaveLength(1);
  });

  it("carry the traceback of a failure and the runtime of a success", () => {
    const records = foldAll(version);
    expect(records.get("e-fail")?.traceback).toMatch(
      /^Traceback \(most recent call last\):\n[\s\S]*\nValueError: no\nmoney\n$/,
    );
    expect(records.get("e-ok")?.runtimeSeconds).toBeGreaterThan(0);
    expect(records.get("e-terminated")?.runtimeSeconds).toBeGreaterThan(1);
  });

  it("say why a task was revoked", () => {
    const revoked = eventsOf(version).flatMap((event) =>
      event.type === "task-revoked" ? [[event.uuid, event.isExpired, event.isTerminated, event.signal]] : [],
    );
    expect(revoked).toEqual([
      ["e-expired", true, false, null],
      ["e-revoked", false, false, null],
      ["e-terminated", false, true, "9"],
    ]);
  });

  it("carry a task's own fields", () => {
    expect(eventsOf(version).find((event) => event.type === "task-custom")).toMatchObject({
      uuid: "e-progress",
      eventType: "task-progress",
      fields: { percent: 50 },
    });
  });

  it("tell the life of the worker", () => {
    const signals = eventsOf(version).filter(isWorkerSignal);
    const worker = signals.reduce<WorkerRecord | null>(
      (record, event) => foldWorkerEvent(record, event, 5000),
      null,
    );
    expect(worker).toEqual({
      hostname: "w1@host",
      announced: "offline",
      lastHeartbeatAt: 5000,
      freqSeconds: 2,
      pid: expect.any(Number),
      formerPid: null,
      bornAt: expect.any(Number),
      progressAt: 5000,
      clockAheadMs: expect.any(Number),
      active: 0,
      processed: expect.any(Number),
      loadAverage: [expect.any(Number), expect.any(Number), expect.any(Number)],
      softwareIdentity: "py-celery",
      softwareVersion: version,
      softwareSystem: "Linux",
    });
  });
});

function eventsOf(version: RecordedVersion): CeleryEvent[] {
  return readFixture(version, "event-messages").flatMap((text) => decodeEventMessage(text).events);
}

function foldAll(version: RecordedVersion): Map<string, TaskRecord> {
  const records = new Map<string, TaskRecord>();
  for (const event of eventsOf(version).filter(isTaskEvent)) {
    records.set(event.uuid, foldTaskEvent(records.get(event.uuid) ?? null, event));
  }
  return records;
}
