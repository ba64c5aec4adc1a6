import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ControlCall, createControlRequest } from "@/lib/celery/control/create-control-request";
import { CONTROL_METHODS } from "@/lib/celery/control-message";

describe("createControlRequest", () => {
  it.each(CONTROL_METHODS.filter((method) => method !== "query_task"))(
    "makes `%s` without arguments",
    (method) => {
      expect(createControlRequest({ method })).toEqual({ method, arguments: {}, destination: null });
    },
  );

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

  it.each<[string, Record<string, unknown>]>([
    ["method", { method: "shutdown" }],
    ["method", { method: "" }],
    ["method", {}],
    ["arguments.safe", { method: "active_queues", arguments: { safe: true } }],
    ["arguments.safe", { method: "active", arguments: { safe: "yes" } }],
    ["arguments.ids", { method: "query_task" }],
    ["arguments.ids", { method: "query_task", arguments: { ids: [] } }],
    ["arguments.ids", { method: "query_task", arguments: { ids: "1" } }],
    ["arguments.toString", { method: "ping", arguments: { toString: true } }],
    ["arguments", { method: "ping", arguments: null }],
    ["arguments", { method: "ping", arguments: [] }],
    ["destination", { method: "ping", destination: "a@b" }],
    ["destination", { method: "ping", destination: [] }],
    ["destination[0]", { method: "ping", destination: [""] }],
    ["destination[1]", { method: "ping", destination: ["a", 1] }],
  ])("refuses a bad %s", (field, call) => {
    const make = () => createControlRequest(call as unknown as ControlCall);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(new RegExp(`^${field.replace(/[[\].]/g, "\\$&")}:`));
  });

  it("lets nothing through that could freeze a worker", () => {
    const call = fc.record(
      {
        method: fc.oneof(fc.constantFrom(...CONTROL_METHODS), fc.anything()),
        arguments: fc.oneof(
          fc.dictionary(fc.constantFrom("safe", "ids", "builtins"), fc.anything()),
          fc.anything(),
        ),
        destination: fc.oneof(fc.array(fc.oneof(fc.string(), fc.anything())), fc.anything()),
      },
      { requiredKeys: ["method"] },
    );
    fc.assert(
      fc.property(call, (value) => {
        try {
          const request = createControlRequest(value as ControlCall);
          expect(CONTROL_METHODS).toContain(request.method);
          expect(Object.prototype.toString.call(request.arguments)).toBe("[object Object]");
          expect(request.destination === null || request.destination.length > 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
