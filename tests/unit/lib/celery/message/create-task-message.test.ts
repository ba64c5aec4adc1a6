import { describe, expect, it } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import type { TaskCall } from "@/lib/celery/task-message";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";
import { CALL, typed } from "./task-call";

describe("createTaskMessage", () => {
  it("says what Celery would say, in Celery's order", () => {
    const message = createTaskMessage(CALL);
    expect(Object.entries(message.headers)).toEqual([
      ["lang", "py"],
      ["task", "shop.pay"],
      ["id", "new-id"],
      ["shadow", null],
      ["eta", null],
      ["expires", null],
      ["group", null],
      ["group_index", null],
      ["retries", new NumberText("0")],
      ["timelimit", [null, null]],
      ["root_id", "new-id"],
      ["parent_id", null],
      ["argsrepr", "(1, 'é')"],
      ["kwargsrepr", null],
      ["origin", "celeriac@node"],
      ["ignore_result", null],
      ["replaced_task_nesting", new NumberText("0")],
      ["stamped_headers", null],
      ["stamps", new Map()],
    ]);
    expect(message.properties).toEqual({
      correlationId: "new-id",
      replyTo: "",
      deliveryMode: 2,
      priority: 0,
      expiration: null,
    });
    expect(message.body).toBe(
      '[[1, "é"], {"amount": 1.50}, {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]',
    );
  });

  it("carries times, lineage, priority and custom headers", () => {
    const now = Date.UTC(2026, 10, 23, 1, 0, 0);
    const message = createTaskMessage(
      {
        ...CALL,
        rootId: "root",
        parentId: "parent",
        eta: new Date(now + 1500),
        expires: new Date(now + 60_000),
        priority: 9,
        headers: { redispatched_from: "old-id" },
      },
      now,
    );
    expect(message.headers).toMatchObject({
      root_id: "root",
      parent_id: "parent",
      eta: "2026-11-23T01:00:01.500000+00:00",
      expires: "2026-11-23T01:01:00+00:00",
      redispatched_from: "old-id",
    });
    expect(message.properties).toMatchObject({ priority: 9, expiration: "60000" });
  });

  it("lets an expired task expire at once instead of never", () => {
    const message = createTaskMessage({ ...CALL, expires: new Date(1000) }, 5000);
    expect(message.properties.expiration).toBe("0");
  });

  it.each<[string, Record<string, unknown>]>([
    ["id", { id: "" }],
    ["id", { id: 7 }],
    ["id", { id: "x".repeat(256) }],
    ["id", { id: "a\u0000b" }],
    ["id", { id: "\ud800" }],
    ["task", { task: undefined }],
    ["origin", { origin: "" }],
    ["rootId", { rootId: "" }],
    ["parentId", { parentId: "" }],
    ["argsRepr", { argsRepr: "\u0000" }],
    ["kwargsRepr", { kwargsRepr: 1 }],
    ["args", { args: null }],
    ["args", { args: new Map() }],
    ["args[0]", { args: [1] }],
    ["args[1]", { args: [null, undefined, null] }],
    ["args[0]", { args: [new NumberText("01")] }],
    ["args[0]", { args: [new NumberText("9".repeat(4301))] }],
    ["kwargs", { kwargs: null }],
    ["kwargs", { kwargs: {} }],
    ["kwargs", { kwargs: [] }],
    ["kwargs.a[0]", { kwargs: new Map([["a", [undefined]]]) }],
    ["kwargs", { kwargs: new Map([[1, null]]) }],
    ["kwargs", { kwargs: typed("decimal", "1.50") }],
    ["args[0]", { args: [typed("shop.Money", "1 EUR")] }],
    ["args[0]", { args: [typed("decimal", "one")] }],
    ["args[0]", { args: [typed("date", "2026-02-30")] }],
    ["args[0]", { args: [typed("time", "24:00:00")] }],
    ["args[0]", { args: [typed("uuid", "5")] }],
    ["eta", { eta: new Date(Number.NaN) }],
    ["eta", { eta: "2026-11-23T01:00:00+00:00" }],
    ["expires", { expires: new Date(Date.UTC(9999, 0)) }],
    ["priority", { priority: 10 }],
    ["priority", { priority: 1.5 }],
    ["headers.timelimit", { headers: { timelimit: "1" } }],
    ["headers.reply_to", { headers: { reply_to: "x" } }],
    ["headers.CC", { headers: { CC: "other-queue" } }],
    ["headers.x-death", { headers: { "x-death": "1" } }],
    ["headers._children", { headers: { _children: "1" } }],
    ["headers.who", { headers: { who: "" } }],
  ])("refuses a bad %s", (field, change) => {
    const call = { ...CALL, ...change } as unknown as TaskCall;
    expect(() => createTaskMessage(call)).toThrow(TypeError);
    expect(() => createTaskMessage(call)).toThrow(new RegExp(`^${escapeRegExp(field)}:`));
  });

  it("keeps typed values that workers can read", () => {
    const values = [
      typed("datetime", "2024-01-02T03:04:05.000678+00:00"),
      typed("date", "2024-02-29"),
      typed("time", "01:02:00"),
      typed("decimal", "-1.50E+3"),
      typed("uuid", new Map([["hex", "0".repeat(31).concat("5")]])),
      typed("bytes", "raw"),
      typed("base64", "//4="),
    ];
    expect(createTaskMessage({ ...CALL, args: values }).body).toContain(
      '{"__type__": "date", "__value__": "2024-02-29"}',
    );
  });

  it("takes 200 levels of nesting, the body included, and no more", () => {
    expect(parseWireJson(createTaskMessage({ ...CALL, args: nest(199) }).body).ok).toBe(true);
    expect(() => createTaskMessage({ ...CALL, args: nest(200) })).toThrow(/^args\[0\].*nested deeper/);
  });
});

function nest(levels: number): readonly WireValue[] {
  return levels === 1 ? [] : [nest(levels - 1)];
}

function escapeRegExp(text: string): string {
  return text.replace(/[[\].]/g, "\\$&");
}
