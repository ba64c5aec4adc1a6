import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";

const COMMON = { hostname: "w1@vm", utcoffset: 0, pid: 23628, clock: 118, timestamp: 1795329873.23 };
const READ = { hostname: "w1@vm", pid: 23628, clock: 118, timestamp: 1795329873230 };

describe("decodeEventMessage", () => {
  it("reads a single event out of an envelope", () => {
    const heartbeat = {
      ...COMMON,
      type: "worker-heartbeat",
      freq: 2.0,
      active: 0,
      processed: 7,
      loadavg: [1.76, 1.61, 0.98],
    };
    const software = { sw_ident: "py-celery", sw_ver: "5.6.3", sw_sys: "Linux" };
    expect(decodeEventMessage(envelope({ ...heartbeat, ...software }))).toEqual({
      events: [
        {
          type: "worker-heartbeat",
          ...READ,
          freqSeconds: 2,
          active: 0,
          processed: 7,
          loadAverage: [1.76, 1.61, 0.98],
          softwareIdentity: "py-celery",
          softwareVersion: "5.6.3",
          softwareSystem: "Linux",
        },
      ],
      malformed: 0,
    });
  });

  it("reads a batch out of an AMQP body", () => {
    const batch = [
      {
        ...COMMON,
        type: "task-received",
        uuid: "1",
        name: "t",
        args: "(1,)",
        kwargs: "{}",
        root_id: "1",
        parent_id: null,
        retries: 0,
        eta: null,
        expires: null,
      },
      { ...COMMON, type: "task-started", uuid: "1" },
      { ...COMMON, type: "task-succeeded", uuid: "1", result: "'ok'", runtime: 0.0071 },
      { ...COMMON, type: "task-failed", uuid: "2", exception: "E()", traceback: "T" },
      {
        ...COMMON,
        type: "task-retried",
        uuid: "2",
        exception: "ExceptionWithTraceback()",
        traceback: "E: why",
      },
      { ...COMMON, type: "task-revoked", uuid: "3", terminated: true, signum: 9, expired: false },
      { ...COMMON, type: "task-revoked", uuid: "3", terminated: false, signum: null, expired: true },
      { ...COMMON, type: "task-rejected", uuid: "4", requeue: true },
      { ...COMMON, type: "task-cancelled", uuid: "5" },
    ];
    expect(decodeEventMessage(Buffer.from(JSON.stringify(batch)))).toEqual({
      events: [
        {
          type: "task-received",
          ...READ,
          uuid: "1",
          name: "t",
          args: "(1,)",
          kwargs: "{}",
          rootId: "1",
          parentId: null,
          retries: 0,
          eta: null,
          expires: null,
        },
        { type: "task-started", ...READ, uuid: "1" },
        { type: "task-succeeded", ...READ, uuid: "1", result: "'ok'", runtimeSeconds: 0.0071 },
        { type: "task-failed", ...READ, uuid: "2", exception: "E()", traceback: "T" },
        { type: "task-retried", ...READ, uuid: "2", exception: "E: why", traceback: "E: why" },
        { type: "task-revoked", ...READ, uuid: "3", isTerminated: true, signal: "9", isExpired: false },
        { type: "task-revoked", ...READ, uuid: "3", isTerminated: false, signal: null, isExpired: true },
        { type: "task-rejected", ...READ, uuid: "4", isRequeued: true },
        { type: "task-cancelled", ...READ, uuid: "5" },
      ],
      malformed: 0,
    });
  });

  it("keeps the fields of custom events", () => {
    const progress = { ...COMMON, type: "task-progress", uuid: "1", percent: 50, note: { a: [1] } };
    const audit = { ...COMMON, type: "audit-login", user: "eve" };
    expect(decodeEventMessage(envelope([progress, audit])).events).toEqual([
      {
        type: "task-custom",
        eventType: "task-progress",
        ...READ,
        uuid: "1",
        fields: { percent: 50, note: { a: [1] } },
      },
      { type: "custom", eventType: "audit-login", ...READ, fields: { user: "eve" } },
    ]);
  });

  it("reads what JSON.parse alone would not: NaN, and a clock beyond 2^53", () => {
    const text = `{"type": "task-succeeded", "uuid": "1", "hostname": "w", "timestamp": 1, "runtime": NaN, "clock": ${10n ** 20n}}`;
    expect(decodeEventMessage(Buffer.from(text))).toEqual({
      events: [
        {
          type: "task-succeeded",
          uuid: "1",
          hostname: "w",
          timestamp: 1000,
          runtimeSeconds: null,
          clock: null,
          pid: null,
          result: null,
        },
      ],
      malformed: 0,
    });
  });

  it("writes NUL as Python would, because no database takes it", () => {
    const event = { ...COMMON, type: "task-failed", uuid: "1", exception: "E('a\u0000')", traceback: "" };
    expect(decodeEventMessage(envelope(event)).events).toMatchObject([{ exception: "E('a\\x00')" }]);
  });

  it.each([
    ["no type", { ...COMMON, uuid: "1" }],
    ["no hostname", { ...COMMON, hostname: undefined, type: "worker-online" }],
    ["no timestamp", { ...COMMON, timestamp: null, type: "worker-online" }],
    ["a timestamp of the year 10000", { ...COMMON, timestamp: 253402300800, type: "worker-online" }],
    ["a task's event without its id", { ...COMMON, type: "task-started" }],
    ["an id that no database takes", { ...COMMON, type: "task-started", uuid: "a\u0000" }],
    ["an id of 256 characters", { ...COMMON, type: "task-started", uuid: "x".repeat(256) }],
    ["a number", 5],
    ["null", null],
    ["an array in a batch", [[]]],
  ])("counts %s as malformed", (_what, body) => {
    expect(decodeEventMessage(envelope(body))).toEqual({ events: [], malformed: 1 });
  });

  it("counts only the bad ones of a batch", () => {
    const good = { ...COMMON, type: "task-started", uuid: "1" };
    expect(decodeEventMessage(envelope([good, null, good, {}]))).toMatchObject({
      events: [good, good].map(() => ({ uuid: "1" })),
      malformed: 2,
    });
  });

  it.each([
    "",
    "{}",
    "[]",
    "null",
    '{"body": 1}',
    '{"body": "%%%", "properties": {"body_encoding": "base64"}}',
    '{"body": "gASVAA==", "content-type": "application/x-python-serialize"}',
  ])("counts the message %j as malformed", (text) => {
    expect(decodeEventMessage(text)).toEqual({ events: [], malformed: 1 });
  });

  it("never throws, and loses count of nothing", () => {
    const names = ["type", "hostname", "timestamp", "uuid", "loadavg", "signum", "__proto__", "runtime"];
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("task-failed", "task-x", "worker-heartbeat", "worker-x", "w", 5),
    );
    const item = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), field));
    fc.assert(
      fc.property(fc.array(item), (batch) => {
        const { events, malformed } = decodeEventMessage(envelope(batch));
        expect(events.length + malformed).toBe(batch.length);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.oneof(fc.string(), fc.uint8Array()), (text) => void decodeEventMessage(text)));
  });
});

function envelope(body: unknown): string {
  return JSON.stringify({
    body: Buffer.from(JSON.stringify(body)).toString("base64"),
    "content-type": "application/json",
    "content-encoding": "utf-8",
    headers: { hostname: "w1@vm" },
    properties: { body_encoding: "base64" },
  });
}
