import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeControlReply, decodeControlReplyParts } from "@/lib/celery/control/decode-control-reply";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readConf } from "@/lib/celery/control/read-conf";
import { readRegistered } from "@/lib/celery/control/read-registered";
import { readStats } from "@/lib/celery/control/read-stats";
import { readScheduledTasks, readTaskInfos } from "@/lib/celery/control/read-task-infos";
import { redactReply } from "@/lib/celery/control/redact-reply";
import { CONTROL_METHODS } from "@/lib/celery/control-message";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import type { WireValue } from "@/lib/celery/wire-value";

describe("decodeControlReply", () => {
  it("keeps a worker's refusal in its own words", () => {
    expect(decodeControlReply(envelope({ "w@h": { error: "KeyError('nosuch')" } }))).toEqual({
      ticket: "t",
      replies: [{ hostname: "w@h", value: null, error: "KeyError('nosuch')" }],
      problem: null,
    });
  });

  it("reads the parts of an AMQP message, which come apart", () => {
    const parts = {
      headers: new Map([["ticket", "t"]]),
      contentType: "application/json",
      contentEncoding: "utf-8",
    };
    expect(decodeControlReplyParts({ ...parts, body: Buffer.from('{"w@h": {"ok": "pong"}}') })).toEqual({
      ticket: "t",
      replies: [{ hostname: "w@h", value: "pong", error: null }],
      problem: null,
    });
  });

  it("takes a value that only resembles a refusal for what it is", () => {
    const value = { error: ["active", {}] };
    expect(decodeControlReply(envelope({ "w@h": value })).replies).toEqual([
      { hostname: "w@h", value: wire(value), error: null },
    ]);
  });

  it.each([
    ["", null, "the reply is not a message"],
    [envelope([]), "t", "the reply names no worker"],
    [
      envelope({}, "application/x-python-serialize"),
      "t",
      "content type application/x-python-serialize is not supported",
    ],
  ])("says what is wrong with %j", (text, ticket, problem) => {
    expect(decodeControlReply(text)).toEqual({ ticket, replies: [], problem });
  });
});

describe("the readers of replies", () => {
  it("know the pools that do not name themselves", () => {
    const poolOf = (pool: unknown) => readStats(wire({ pool })).pool;
    expect(poolOf({ "max-concurrency": 8, threads: 8 })).toBe("threads");
    expect(poolOf({ "max-concurrency": 1, processes: [1], timeouts: [] })).toBe("solo");
    expect(poolOf({ "max-concurrency": 9, "free-threads": 9, "running-threads": 0 })).toBe("eventlet");
    expect(poolOf({ "max-concurrency": 9 })).toBeNull();
    expect(poolOf({ implementation: "celery.concurrency.gevent:TaskPool" })).toBe("gevent");
    expect(poolOf({ implementation: "my.pools:Pool" })).toBe("my.pools:Pool");
  });

  it("leave out what a worker calls N/A", () => {
    expect(
      readStats(wire({ prefetch_count: "N/A", rusage: "N/A", pool: "N/A", broker: "N/A" })),
    ).toMatchObject({
      prefetchCount: null,
      maxRssBytes: null,
      pool: null,
    });
  });

  it("cut what follows a registered name", () => {
    expect(readRegistered(wire(["a.b", "c.d [rate_limit=1/m exchange=x]", 5]))).toEqual(["a.b", "c.d"]);
  });

  it("keep the repr where a worker sends no values", () => {
    expect(
      readTaskInfos(wire([{ id: "1", type: "t", name: "shadow", args: "(1,)", kwargs: "{}" }])),
    ).toMatchObject([{ task: "t", args: null, kwargs: null, argsRepr: "(1,)", kwargsRepr: "{}" }]);
  });

  it("do not take a list for known that holds something else than texts", () => {
    expect(readConf(wire({ accept_content: ["json", null] })).acceptContent).toBeNull();
  });

  it("know the queues that a worker's settings declare", () => {
    const declared = (value: unknown) => readConf(wire({ task_queues: value })).declaredQueues;
    expect(declared([{ name: "a", exchange: {} }, { name: "b" }, {}])).toEqual(["a", "b"]);
    expect(declared({ a: { exchange: "x" }, b: {} })).toEqual(["a", "b"]);
    expect(declared([])).toEqual([]);
    expect(declared(null)).toBeNull();
    expect(readConf(wire({ task_queue_max_priority: 10 })).taskQueueMaxPriority).toBe(10);
  });

  it("count the processes that a pool has now, not those that it began with", () => {
    const slots = (pool: unknown) => readStats(wire({ pool })).concurrency;
    expect(slots({ "max-concurrency": 4, processes: [1, 2] })).toBe(2);
    expect(slots({ "max-concurrency": 4, processes: [] })).toBe(0);
    expect(slots({ "max-concurrency": 4 })).toBe(4);
  });

  it("never throw", () => {
    const names = [
      "pool",
      "rusage",
      "total",
      "id",
      "request",
      "name",
      "accept_content",
      "delivery_info",
      "max-concurrency",
    ];
    const object = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    const any = fc.oneof(
      fc.jsonValue(),
      object,
      fc.array(object),
      fc.array(fc.dictionary(fc.constant("request"), object)),
    );
    const readers = [
      readStats,
      readActiveQueues,
      readRegistered,
      readTaskInfos,
      readScheduledTasks,
      readConf,
      redactReply,
    ];
    fc.assert(
      fc.property(any, (value) => {
        for (const read of readers) read(wire(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe("redactReply", () => {
  it.each([
    ["amqp://guest:s3cret@rabbit:5672//", "amqp://guest:********@rabbit:5672//"],
    ["redis://:s3cret@h:6379/0", "redis://:********@h:6379/0"],
    [
      "sentinel://:a@h1:26379;sentinel://:b@h2:26379",
      "sentinel://:********@h1:26379;sentinel://:********@h2:26379",
    ],
    ["redis://:p@ss@h/0", "redis://:********@h/0"],
    ["amqp://u:a/b?c#d@h//", "amqp://u:********@h//"],
    [
      "db+postgresql://u:p@h/d?sslpassword=x&application_name=y",
      "db+postgresql://u:********@h/d?sslpassword=********&application_name=y",
    ],
    ["redis://h:6379/0", "redis://h:6379/0"],
    ["mail admin@example.com", "mail admin@example.com"],
  ])("masks %s", (text, masked) => {
    expect(redactReply(text)).toBe(masked);
  });

  it("masks the passwords of a broker's alternates and of named settings, whatever their type", () => {
    const stats = {
      broker: {
        alternates: ["amqp://u:s3cret@b//"],
        transport_options: { sentinel_kwargs: { password: "s3cret" }, aws_secret_access_key: ["s3cret"] },
      },
      task_default_routing_key: "celery",
      password: null,
    };
    const text = writeWireJson(redactReply(wire(stats)));
    expect(text).not.toContain("s3cret");
    expect(text).toContain('"task_default_routing_key": "celery"');
    expect(text).toContain('"password": null');
  });
});

describe("isSafeToAsk", () => {
  it.each([
    ["reserved", ["json"], true],
    ["scheduled", ["application/json"], true],
    ["query_task", ["json", "pickle"], false],
    ["active", ["json", "yaml"], false],
    ["active", null, false],
    ["reserved", [], false],
    ["stats", null, true],
    ["conf", ["pickle"], true],
  ] as const)("%s of a worker that accepts %j: %s", (method, acceptContent, safe) => {
    expect(isSafeToAsk(method, acceptContent)).toBe(safe);
  });

  it("holds back nothing but the four commands that carry arguments", () => {
    expect(CONTROL_METHODS.filter((method) => !isSafeToAsk(method, null)).sort()).toEqual([
      "active",
      "query_task",
      "reserved",
      "scheduled",
    ]);
  });
});

function envelope(body: unknown, contentType = "application/json"): string {
  return JSON.stringify({
    body: Buffer.from(JSON.stringify(body)).toString("base64"),
    "content-type": contentType,
    "content-encoding": "utf-8",
    headers: { ticket: "t", clock: 3 },
    properties: { body_encoding: "base64" },
  });
}

function wire(value: unknown): WireValue {
  const parsed = parseWireJson(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}
