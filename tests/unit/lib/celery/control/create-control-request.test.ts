import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import { CONTROL_METHODS, type ControlMethod } from "@/lib/celery/control-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { NumberText } from "@/lib/celery/wire-value";
import { findControlDefects } from "@/tests/support/find-control-defects";

/** Commands that take arguments that must be there, with ones that are right. */
const WITH_ARGUMENTS: { [Method in ControlMethod]?: Record<string, unknown> } = {
  query_task: { ids: ["1", "2"] },
  pool_grow: { n: 1 },
  pool_shrink: { n: 1_000 },
  autoscale: { max: 5, min: 0 },
  add_consumer: { queue: "mail" },
  cancel_consumer: { queue: "mail" },
  rate_limit: { task_name: "shop.pay", rate_limit: "10/m" },
  time_limit: { task_name: "shop.pay", soft: null, hard: 1.5 },
  revoke: { task_id: ["1"] },
  revoke_by_stamped_headers: { headers: { customer: ["7"] } },
};

describe("createControlRequest", () => {
  it.each(CONTROL_METHODS.filter((method) => !(method in WITH_ARGUMENTS)))(
    "makes `%s` without arguments",
    (method) => {
      expect(make({ method })).toEqual({ method, arguments: {}, destination: null });
    },
  );

  it.each(Object.keys(WITH_ARGUMENTS))("makes `%s` with its arguments, and none without", (method) => {
    const args = WITH_ARGUMENTS[method as ControlMethod] ?? {}; // The keys are the methods, which Object.keys forgets.
    expect(Object.keys(make({ method, arguments: args }).arguments)).toEqual(Object.keys(args));
    for (const name of Object.keys(args)) {
      const { [name]: _left, ...others } = args;
      expect(() => make({ method, arguments: others })).toThrow(`arguments.${name}: is missing`);
    }
  });

  it("writes numbers and stamps as they are on the wire", () => {
    const number = (text: string) => new NumberText(text);
    expect(make({ method: "autoscale", arguments: { min: 2, max: 5 } }).arguments).toEqual({
      max: number("5"),
      min: number("2"),
    });
    expect(
      make({ method: "time_limit", arguments: { task_name: "a", soft: 0.5, hard: null } }).arguments,
    ).toEqual({ task_name: "a", soft: number("0.5"), hard: null });
    expect(
      make({
        method: "revoke_by_stamped_headers",
        arguments: { headers: { customer: "7", order: ["1", "2"] }, terminate: true, signal: "KILL" },
      }).arguments,
    ).toEqual({
      headers: new Map([
        ["customer", ["7"]],
        ["order", ["1", "2"]],
      ]),
      terminate: true,
      signal: "KILL",
    });
  });

  it.each([
    ["10/s", "10/s"],
    ["1.5/h", "1.5/h"],
    ["7", "7"],
    [0.5, new NumberText("0.5")],
    [0, new NumberText("0")],
    ["0", new NumberText("0")],
    ["0.0/m", new NumberText("0")],
  ])("sends the rate %j as %j", (rate, sent) => {
    const call = { method: "rate_limit", arguments: { task_name: "a", rate_limit: rate } };
    expect(make(call).arguments.rate_limit).toEqual(sent);
  });

  it("takes the arguments that Celery's own client sends", () => {
    const calls: ControlCall[] = [
      { method: "active", arguments: { safe: true } },
      { method: "registered", arguments: { taskinfoitems: ["rate_limit"], builtins: false } },
      { method: "conf", arguments: { with_defaults: false } },
      { method: "query_task", arguments: { ids: ["1", "2"] }, destination: ["a@b", "c@d"] },
    ];
    for (const call of calls) {
      expect(createControlRequest(call)).toEqual({ destination: null, ...call });
    }
  });

  it.each([
    ...["election", "hello", "objgraph", "memdump", "terminate", "clock", "toString", "__proto__", "", null],
  ])("makes no `%s`", (method) => {
    expect(() => make({ method })).toThrow(/^method:/);
  });

  it.each<[string, Record<string, unknown>]>([
    ["method", {}],
    ["arguments.safe", { method: "active_queues", arguments: { safe: true } }],
    ["arguments.safe", { method: "active", arguments: { safe: "yes" } }],
    ["arguments.ids", { method: "query_task", arguments: { ids: [] } }],
    ["arguments.ids", { method: "query_task", arguments: { ids: "1" } }],
    ["arguments.toString", { method: "ping", arguments: { toString: true } }],
    ["arguments", { method: "ping", arguments: null }],
    ["arguments", { method: "ping", arguments: [] }],
    ["destination", { method: "ping", destination: "a@b" }],
    ["destination", { method: "ping", destination: [] }],
    ["destination[0]", { method: "ping", destination: [""] }],
    ["destination[1]", { method: "ping", destination: ["a", 1] }],
    ["arguments.msg", { method: "shutdown", arguments: { msg: "bye" } }],
    ["arguments.modules", { method: "pool_restart", arguments: { modules: ["os"] } }],
    ["arguments.reload", { method: "pool_restart", arguments: { reload: true } }],
    ["arguments.n", { method: "pool_grow", arguments: { n: 0 } }],
    ["arguments.n", { method: "pool_shrink", arguments: { n: -1 } }],
    ["arguments.n", { method: "pool_grow", arguments: { n: 1.5 } }],
    ["arguments.n", { method: "pool_grow", arguments: { n: "1" } }],
    ["arguments.n", { method: "pool_grow", arguments: { n: Number.NaN } }],
    ["arguments.n", { method: "pool_grow", arguments: { n: 1_001 } }],
    ["arguments.min", { method: "autoscale", arguments: { max: 2, min: 3 } }],
    ["arguments.max", { method: "autoscale", arguments: { max: 0, min: 0 } }],
    ["arguments.exchange", { method: "add_consumer", arguments: { queue: "a", exchange: "b" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "a\nb" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "é".repeat(128) } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "amq.gen-1" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "w@h.celery.pidbox" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "celeryev.1" } }],
    ["arguments.queue", { method: "add_consumer", arguments: { queue: "celery_delayed_27" } }],
    ["arguments.queue", { method: "cancel_consumer", arguments: { queue: 5 } }],
    ["arguments.task_name", { method: "rate_limit", arguments: { task_name: "", rate_limit: 1 } }],
    ...["abc", "10/x", "-1", "1e3", "10 /m", -3, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, null].map(
      (rate): [string, Record<string, unknown>] => [
        "arguments.rate_limit",
        { method: "rate_limit", arguments: { task_name: "a", rate_limit: rate } },
      ],
    ),
    ["arguments.soft", { method: "time_limit", arguments: { task_name: "a", soft: 0, hard: null } }],
    ["arguments.soft", { method: "time_limit", arguments: { task_name: "a", soft: 5, hard: 4 } }],
    ["arguments.hard", { method: "time_limit", arguments: { task_name: "a", soft: null, hard: 1e9 } }],
    ["arguments.task_id", { method: "revoke", arguments: { task_id: "1" } }],
    ["arguments.task_id[1]", { method: "revoke", arguments: { task_id: ["1", ""] } }],
    ["arguments.terminate", { method: "revoke", arguments: { task_id: ["1"], terminate: 1 } }],
    ["arguments.signal", { method: "revoke", arguments: { task_id: ["1"], signal: "INT" } }],
    ["arguments.signal", { method: "revoke", arguments: { task_id: ["1"], signal: 9 } }],
    ["arguments.headers", { method: "revoke_by_stamped_headers", arguments: { headers: {} } }],
    ["arguments.headers", { method: "revoke_by_stamped_headers", arguments: { headers: ["a=b"] } }],
    ["arguments.headers.a", { method: "revoke_by_stamped_headers", arguments: { headers: { a: [] } } }],
    ["arguments.headers.a[0]", { method: "revoke_by_stamped_headers", arguments: { headers: { a: [1] } } }],
  ])("refuses a bad %s", (field, call) => {
    expect(() => make(call)).toThrow(TypeError);
    expect(() => make(call)).toThrow(new RegExp(`^${field.replace(/[[\].]/g, "\\$&")}:`));
  });

  it("lets nothing through that could harm a worker", () => {
    const value = fc.oneof(
      fc.constantFrom("TERM", "INT", "10/m", "0/s", true, null, "mail", "amq.x", "unacked.pidbox"),
      fc.integer({ min: -5, max: 5 }),
      fc.double(),
      fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.anything()), { maxLength: 3 }),
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
      fc.anything(),
    );
    const args = fc
      .subarray(ARGUMENT_NAMES)
      .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), value))))
      .map((entries) => Object.fromEntries(entries));
    const rightOrNot = (method: ControlMethod) => fc.oneof(fc.constant(WITH_ARGUMENTS[method] ?? {}), args);
    const known = fc.constantFrom(...CONTROL_METHODS).chain((method) =>
      fc.record({
        method: fc.constant(method),
        arguments: fc.oneof(
          fc.tuple(rightOrNot(method), args).map(([right, more]) => ({ ...right, ...more })),
          rightOrNot(method),
          fc.anything(),
        ),
        destination: fc.oneof(fc.constant(null), fc.array(fc.string({ minLength: 1 })), fc.anything()),
      }),
    );
    const call = fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: fc.object() });
    let made = 0;
    fc.assert(
      fc.property(call, (input) => {
        let envelope: string;
        try {
          envelope = encode(make(input as Record<string, unknown>));
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect(String(error)).toMatch(/^TypeError: (method|arguments|destination).*: /s);
          return;
        }
        made += 1;
        expect(findControlDefects(envelope)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    // A tenth of them, give or take.
    expect(made).toBeGreaterThan(50);
  });
});

const ARGUMENT_NAMES = [
  ...["safe", "ids", "builtins", "taskinfoitems", "with_defaults", "n", "max", "min", "queue", "task_name"],
  ...["rate_limit", "soft", "hard", "task_id", "terminate", "signal", "headers", "modules", "msg", "state"],
];

/** Whatever it is, as a caller without a compiler would pass it. */
function make(call: Record<string, unknown>) {
  return createControlRequest(call as unknown as ControlCall);
}

function encode(request: ReturnType<typeof make>): string {
  const replyTo = { exchange: "", routingKey: "replies" } as const;
  const message = encodeControlMessage(request, { ticket: "t", replyTo, clock: 1, expiresAt: 1_000 });
  return encodeVirtualEnvelope(message, { exchange: "celery.pidbox", routingKey: "", deliveryTag: "tag" });
}
