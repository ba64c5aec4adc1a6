import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBrokerConnection } from "@/lib/celery/control/read-broker-connection";
import { readPoolStats } from "@/lib/celery/control/read-pool-stats";
import { readResourceUsage } from "@/lib/celery/control/read-resource-usage";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import type { WireValue } from "@/lib/celery/wire-value";

describe("readPoolStats", () => {
  it("reads a prefork pool", () => {
    const pool = { processes: [11, 12], "max-tasks-per-child": 500, timeouts: [850, 900.5] };
    expect(readPoolStats(wire({ pool, autoscaler: { max: 9, min: 2, current: 4, qty: 0 } }))).toEqual({
      ...{ processes: [11, 12], maxTasksPerChild: 500, softTimeLimit: 850, timeLimit: 900.5 },
      autoscaler: { min: 2, max: 9, current: 4 },
    });
  });

  it("takes N/A and what is left out for no limit", () => {
    const pool = { processes: [11], "max-tasks-per-child": "N/A", timeouts: [null, null] };
    const nothing = { maxTasksPerChild: null, softTimeLimit: null, timeLimit: null, autoscaler: null };
    expect(readPoolStats(wire({ pool }))).toEqual({ processes: [11], ...nothing });
    expect(readPoolStats(wire({ pool: { threads: 4 } }))).toEqual({ processes: null, ...nothing });
  });

  it("knows no pool from what holds none", () => {
    expect(readPoolStats(wire({ pool: "N/A" }))).toBeNull();
    expect(readPoolStats(null)).toBeNull();
  });
});

describe("readResourceUsage", () => {
  it("reads seconds and counts, and leaves out what is missing", () => {
    expect(readResourceUsage(wire({ rusage: { utime: 1.5, stime: 0.25, majflt: 3, nvcsw: 7 } }))).toEqual({
      ...{ userSeconds: 1.5, systemSeconds: 0.25, majorPageFaults: 3, minorPageFaults: null },
      ...{ blocksRead: null, blocksWritten: null, voluntarySwitches: 7, involuntarySwitches: null },
    });
    expect(readResourceUsage(wire({ rusage: "N/A" }))).toBeNull();
  });
});

describe("readBrokerConnection", () => {
  it.each([
    [{ transport: "redis", hostname: "r", port: 6379, virtual_host: "0" }, "redis://r:6379/0"],
    [
      { transport: "amqp", hostname: "mq", userid: "shop", port: 5672, virtual_host: "/orders" },
      "amqp://shop@mq:5672/orders",
    ],
    [{ hostname: "redis://:***@r/0" }, "redis://:***@r/0"],
    ["N/A", null],
  ])("says where %j is", (broker, connection) => {
    expect(readBrokerConnection(wire({ broker }))).toBe(connection);
  });
});

it("no reader throws", () => {
  const names = ["pool", "rusage", "broker", "autoscaler", "timeouts", "processes", "hostname", "port"];
  const object = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
  const any = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), object));
  fc.assert(
    fc.property(any, (value) => {
      for (const read of [readPoolStats, readResourceUsage, readBrokerConnection]) read(wire(value));
    }),
  );
});

function wire(value: unknown): WireValue {
  const parsed = parseWireJson(JSON.stringify(value));
  if (!parsed.ok) throw new Error(JSON.stringify(value));
  return parsed.value;
}
