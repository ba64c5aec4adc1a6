import { describe, expect, it } from "vitest";
import { readCommandBody, readNumber } from "@/components/control/read-command-body";

describe("readCommandBody", () => {
  it("makes the body that is sent", () => {
    expect(readCommandBody("pool-grow", { n: 2 })).toEqual({ body: { n: 2 }, wrong: new Set() });
    expect(readCommandBody("rate-limit", { name: "a.b", rate: "10/m" }).body).toEqual({
      name: "a.b",
      rate: "10/m",
    });
  });

  it.each([
    ["pool-grow", { n: readNumber("") }, ["n"]],
    ["pool-grow", { n: readNumber("two") }, ["n"]],
    ["pool-shrink", { n: -1 }, ["n"]],
    ["autoscale", { min: 4, max: 2 }, ["min"]],
    ["add-consumer", { queue: "" }, ["queue"]],
    ["rate-limit", { name: "a.b", rate: "10 a minute" }, ["rate"]],
    ["time-limit", { name: "a.b", soft: 0, hard: null }, ["soft"]],
  ] as const)("names the fields of %s that are wrong in %o", (command, input, wrong) => {
    expect(readCommandBody(command, input)).toEqual({ body: null, wrong: new Set(wrong) });
  });
});

describe("readNumber", () => {
  it("tells nothing from what is no number", () => {
    expect([" ", "4", "1.5", "x"].map(readNumber)).toEqual([null, 4, 1.5, Number.NaN]);
  });
});
