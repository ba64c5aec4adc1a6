import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";
import { wireValues } from "../wire-values";

describe("writeWireJson", () => {
  test("writes with Python's separators and keeps number texts", () => {
    const value: WireValue = [
      new NumberText("1.0"),
      new NumberText("100000000000000000000000000"),
      new NumberText("NaN"),
      new Map<string, WireValue>([
        ["k", "é"],
        ["__proto__", null],
      ]),
      [],
      new Map(),
      true,
    ];
    expect(writeWireJson(value)).toBe(
      '[1.0, 100000000000000000000000000, NaN, {"k": "é", "__proto__": null}, [], {}, true]',
    );
  });

  test("escapes lone surrogates, which UTF-8 can't carry", () => {
    expect(writeWireJson(["a\ud83d", "😀", "\n"])).toBe('["a\\ud83d", "😀", "\\n"]');
  });

  test("writes what parseWireJson reads back", () => {
    fc.assert(
      fc.property(wireValues(), (value) => {
        expect(parseWireJson(writeWireJson(value))).toEqual({ ok: true, value });
      }),
    );
  });
});
