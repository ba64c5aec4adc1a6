import { describe, expect, it } from "vitest";
import { WORKER_COMMANDS, type WorkerCommand } from "@/lib/api/schemas/control";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { noteOnCommand } from "@/lib/views/command-note";
import { readCommandCall, readCommandName } from "@/lib/views/worker-command";

const BODIES: Partial<Record<WorkerCommand, unknown>> = {
  "pool-grow": { n: 1 },
  "pool-shrink": { n: 1_000 },
  autoscale: { min: 0, max: 1 },
  "add-consumer": { queue: "mail" },
  "cancel-consumer": { queue: "mail" },
  "rate-limit": { name: "shop.pay", rate: 1e-6 },
  "time-limit": { name: "shop.pay", soft: 0.001, hard: 31_536_000 },
};
const COMMANDS = Object.keys(WORKER_COMMANDS) as WorkerCommand[]; // Which is what they are.

describe("readCommandCall", () => {
  it.each(COMMANDS)("makes of `%s` what may be sent", (command) => {
    const call = readCommandCall(command, BODIES[command] ?? {});
    expect(call.method).toBe(command.replaceAll("-", "_"));
    expect(createControlRequest(call).method).toBe(call.method);
  });

  it.each<[WorkerCommand, unknown, string]>([
    ["ping", null, "body:"],
    ["shutdown", { now: true }, "body:"],
    ["pool-grow", {}, "n:"],
    ["pool-grow", { n: 0 }, "n:"],
    ["autoscale", { min: 2, max: 1 }, "min: takes at most max"],
    ["rate-limit", { name: "a", rate: "10/x" }, "rate:"],
    ["time-limit", { name: "a", soft: 2, hard: 1 }, "soft: takes at most hard"],
    ["time-limit", { name: "a", soft: 2 }, "hard:"],
    ["add-consumer", { queue: "" }, "queue:"],
  ])("refuses for `%s` the body %j", (command, body, message) => {
    expect(() => readCommandCall(command, body)).toThrow(message);
  });
});

describe("readCommandName", () => {
  it.each(["pool_grow", "revoke", "toString", "__proto__", ""])("knows no command %j", (name) => {
    expect(() => readCommandName(name)).toThrow(/there are ping, report, shutdown, pool-grow/);
  });
});

describe("noteOnCommand", () => {
  it("says what the worker's words don't", () => {
    expect(noteOnCommand("time-limit", "time limits set successfully")).toContain(
      "only after a pool restart",
    );
    expect(noteOnCommand("disable-events", "task events already disabled")).toContain("-E");
    expect(noteOnCommand("disable-events", "task events disabled")).toContain("CELERIAC_ENABLE_EVENTS");
    expect(noteOnCommand("pool-grow", "pool will grow")).toBeNull();
    expect(noteOnCommand("shutdown", null)).toBeNull();
  });
});
