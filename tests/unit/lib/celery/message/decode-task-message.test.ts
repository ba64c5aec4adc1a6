import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { NumberText, type WireObject, type WireValue } from "@/lib/celery/wire-value";

const JSON_PROPERTIES = { contentType: "application/json", contentEncoding: "utf-8" };

describe("decodeTaskMessage", () => {
  it("reads protocol 2", () => {
    const task = decode(
      {
        task: "shop.pay",
        id: "1",
        timelimit: [30, 20.5],
        group: "g",
        group_index: 2,
        ignore_result: true,
        who: "me",
      },
      [[1], { a: null }, { callbacks: null, chain: [{ task: "next" }], chord: { task: "body" } }],
    );
    expect(task).toMatchObject({
      protocol: 2,
      id: "1",
      task: "shop.pay",
      args: [new NumberText("1")],
      kwargs: new Map([["a", null]]),
      timeLimits: { hard: 30, soft: 20.5 },
      group: "g",
      groupIndex: 2,
      ignoreResult: true,
      callbacks: null,
      chain: [new Map([["task", "next"]])],
      chord: new Map([["task", "body"]]),
      customHeaders: new Map([["who", "me"]]),
      problems: [],
    });
  });

  it("takes the least that a worker takes", () => {
    expect(decode({ task: "t", id: "1" }, [[], {}, null])).toMatchObject({ protocol: 2, problems: [] });
  });

  it("reads protocol 1, whose group is called taskset", () => {
    const body = { task: "lab.echo", id: "1", args: [1], kwargs: {}, retries: 2, taskset: "g", errbacks: [] };
    expect(decode({}, body)).toMatchObject({
      protocol: 1,
      id: "1",
      task: "lab.echo",
      args: [new NumberText("1")],
      kwargs: new Map(),
      retries: 2,
      group: "g",
      errbacks: [],
      customHeaders: new Map(),
      problems: [],
    });
  });

  it("reads the mixture of both, where headers overrule the body", () => {
    const body = { task: "old", id: "old", args: [], kwargs: {}, retries: 1, callbacks: [] };
    expect(decode({ task: "new", id: "new" }, body)).toMatchObject({
      protocol: "hybrid",
      task: "new",
      id: "new",
      retries: 1,
      callbacks: [],
      problems: [],
    });
  });

  it("inflates what Celery calls gzip", () => {
    const headers = wireObject({ task: "t", id: "1", compression: "application/x-gzip" });
    const task = decodeTaskMessage(headers, JSON_PROPERTIES, deflateSync('[["x"], {}, {}]'));
    expect(task).toMatchObject({ args: ["x"], problems: [] });
  });

  it("stops what would inflate to gigabytes", () => {
    const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024));
    const headers = wireObject({ task: "t", id: "1", compression: "application/x-gzip" });
    const task = decodeTaskMessage(headers, JSON_PROPERTIES, bomb);
    expect(task.problems).toEqual(["body: the compressed body is damaged or too large"]);
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["id: must be a non-empty text", { task: "t" }, [[], {}, {}]],
    ["id: must be a non-empty text", { task: "t", id: 5 }, [[], {}, {}]],
    ["body: must be [args, kwargs, embed]", { task: "t", id: "1" }, [[], {}]],
    ["body: must be [args, kwargs, embed]", { task: "t", id: "1" }, { x: 1 }],
    ["args: must be an array", { task: "t", id: "1" }, [{}, {}, {}]],
    ["args: must be an array", { task: "t", id: "1" }, [null, {}, {}]],
    ["kwargs: must be an object", { task: "t", id: "1" }, [[], null, {}]],
    ["timelimit: must have two items", { task: "t", id: "1", timelimit: [1] }, [[], {}, {}]],
    ["eta: must be a text", { task: "t", id: "1", eta: 5 }, [[], {}, {}]],
    ["retries: must be a whole number", { task: "t", id: "1", retries: 0.5 }, [[], {}, {}]],
    [
      "body: compression application/zstd is not supported",
      { task: "t", id: "1", compression: "application/zstd" },
      [],
    ],
  ])("names the problem: %s", (problem, headers, body) => {
    expect(decode(headers, body).problems).toEqual([problem]);
  });

  const SOUND = [[], {}, {}];
  it.each<[string, Record<string, unknown>, unknown]>([
    ["two parts", { task: "t", id: "1" }, [[], {}]],
    ["four parts", { task: "t", id: "1" }, [[], {}, {}, {}]],
    ["an object without args", { task: "t", id: "1" }, { x: 1 }],
    ["no body at all", { task: "t", id: "1" }, null],
    ["no id", { task: "t" }, SOUND],
    ["one time limit", { task: "t", id: "1", timelimit: [1] }, SOUND],
    ["three time limits", { task: "t", id: "1", timelimit: [1, 2, 3] }, SOUND],
    ["a number for time limits", { task: "t", id: "1", timelimit: 5 }, SOUND],
    ["args so deep that the worker can't hand them on", { task: "t", id: "1" }, [[nest(600)], {}, {}]],
  ])("knows that a worker dies of %s", (_what, headers, body) => {
    expect(decode(headers, body)).toMatchObject({ isDeadly: true });
    expect(decode(headers, body).problems).not.toEqual([]);
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["a sound message", { task: "t", id: "1", timelimit: [1, null] }, SOUND],
    ["an id that is a number", { task: "t", id: 5 }, SOUND],
    ["no time limits", { task: "t", id: "1", timelimit: null }, SOUND],
    ["args that are no array", { task: "t", id: "1" }, ["x", {}, {}]],
    ["a body of protocol 1 without an id", {}, { task: "t", args: [], kwargs: {} }],
    ["headers without an id over a body of protocol 1", { task: "t" }, { args: [], kwargs: {} }],
    ["what is no task", {}, [1, 2]],
  ])("knows that no worker dies of %s", (_what, headers, body) => {
    expect(decode(headers, body).isDeadly).toBe(false);
  });

  it("says when it is no task message", () => {
    const task = decode({}, [1, 2, 3]);
    expect(task.protocol).toBeNull();
    expect(task.problems[0]).toBe("the message has neither a header nor a body field `task`");
  });

  it("names a serialiser that it cannot read", () => {
    const properties = { contentType: "application/x-python-serialize", contentEncoding: "binary" };
    const task = decodeTaskMessage(wireObject({ task: "t", id: "1" }), properties, Buffer.from([0x80, 4]));
    expect(task).toMatchObject({ protocol: 2, id: "1", args: null });
    expect(task.problems).toEqual(["body: content type application/x-python-serialize is not supported"]);
  });

  it("never throws, whatever the fields hold", () => {
    const names = ["task", "id", "args", "timelimit", "compression", "stamps", "eta", "kwargs"];
    const object = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.oneof(fc.jsonValue(), object), (headers, body) => void decode(headers, body)),
    );
  });

  it("never throws, whatever the bytes", () => {
    const headers = wireObject({ task: "t", id: "1", compression: "application/x-gzip" });
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => void decodeTaskMessage(headers, JSON_PROPERTIES, bytes)),
    );
  });
});

function nest(levels: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

function decode(headers: Record<string, unknown>, body: unknown) {
  return decodeTaskMessage(wireObject(headers), JSON_PROPERTIES, Buffer.from(JSON.stringify(body)));
}

function wireObject(value: Record<string, unknown>): WireObject {
  return wire(value) as WireObject;
}

function wire(value: unknown): WireValue {
  const result = parseWireJson(JSON.stringify(value));
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}
