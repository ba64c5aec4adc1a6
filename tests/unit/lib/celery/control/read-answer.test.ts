import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRefusal } from "@/lib/celery/control/describe-refusal";
import { readAnswer } from "@/lib/celery/control/read-answer";
import { NumberText } from "@/lib/celery/wire-value";

describe("describeRefusal", () => {
  it.each([
    [`ValueError("Can't shrink pool. All processes busy!")`, "Can't shrink pool. All processes busy!"],
    ["ValueError('Autoscale not enabled')", "Autoscale not enabled"],
    ["ValueError('Autoscale not enabled',)", "Autoscale not enabled"],
    ["KeyError('nosuch')", "KeyError: nosuch"],
    [
      `AttributeError("'TaskPool' object has no attribute 'grow'")`,
      "AttributeError: 'TaskPool' object has no attribute 'grow'",
    ],
    [String.raw`ValueError('it\'s "so"\n\x41\u20ac\U0001f600 \\n')`, `it's "so"\nA€😀 \\n`],
    ["unknown task", "unknown task"],
    [
      `Invalid rate limit string: ValueError("could not convert string to float: 'abc'")`,
      `Invalid rate limit string: ValueError("could not convert string to float: 'abc'")`,
    ],
    ["NotImplementedError()", "NotImplementedError()"],
    ["OSError(2, 'No such file')", "OSError(2, 'No such file')"],
    ["E('a', 'b')", "E('a', 'b')"],
    ["E('')", "E('')"],
    [String.raw`E('a\')`, String.raw`E('a\')`],
    [String.raw`E('\Uffffffff')`, String.raw`E: \Uffffffff`],
  ])("reads %s", (error, words) => {
    expect(describeRefusal(error)).toBe(words);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const error of [text, `E('${text}')`, `ValueError("${text}")`]) {
          expect(typeof describeRefusal(error)).toBe("string");
        }
      }),
    );
  });
});

describe("readAnswer", () => {
  const hostname = "w@h";

  it("takes a text for an answer, and keeps a set's repr as it is", () => {
    const value = "tasks {'b', 'a'} flagged as revoked";
    expect(readAnswer({ hostname, value, error: null })).toEqual({ hostname, isRefusal: false, text: value });
  });

  it("takes an error for a refusal", () => {
    expect(readAnswer({ hostname, value: null, error: "ValueError('no')" })).toEqual({
      hostname,
      isRefusal: true,
      text: "no",
    });
  });

  it.each([
    [null, "null"],
    [[new NumberText("1.0")], "[1.0]"],
    [new Map([["status", "fine"]]), '{"status": "fine"}'],
  ])("takes %j for a refusal", (value, shown) => {
    expect(readAnswer({ hostname, value, error: null })).toEqual({
      hostname,
      isRefusal: true,
      text: `an unknown answer: ${shown}`,
    });
  });
});
