import { describe, expect, test } from "vitest";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import { NumberText } from "@/lib/celery/wire-value";

describe("readEventArgs", () => {
  test("reads the repr that the event carries", () => {
    expect(readEventArgs("(1, 'two')")).toEqual({
      class: "safe",
      value: [new NumberText("1"), "two"],
      text: "(1, 'two')",
      reason: null,
      position: null,
    });
    expect(readEventKwargs("{'k': 'v'}").value).toEqual(new Map([["k", "v"]]));
  });

  test("is not fooled by JSON: an event's text is a repr", () => {
    expect(readEventArgs('["a"]')).toMatchObject({
      class: "lossy",
      reason: "a string in double quotes, which saferepr doesn't write",
      position: 1,
    });
  });

  test.each([null, ""])("knows nothing from %j", (text) => {
    expect(readEventArgs(text)).toMatchObject({ class: "unknown", value: null, text: null });
    expect(readEventKwargs(text)).toMatchObject({ class: "unknown", value: null, text: null });
  });
});
