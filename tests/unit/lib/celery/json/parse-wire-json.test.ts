import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_JSON_DEPTH, parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { NumberText, type WireValue } from "@/lib/celery/wire-value";

function read(text: string): WireValue {
  const result = parseWireJson(text);
  if (!result.ok) throw new Error(`${result.reason} at ${result.position}`);
  return result.value;
}

describe("parseWireJson", () => {
  test.each([
    "0",
    "-0",
    "1.0",
    "-2.5e-9",
    "1E+400",
    "100000000000000000000000000",
    "NaN",
    "Infinity",
    "-Infinity",
  ])("keeps the text of the number %s", (text) => {
    expect(read(text)).toEqual(new NumberText(text));
  });

  test("reads the constants, strings and containers", () => {
    expect(read(' [null, true , false,"a", {} ,[]] \n')).toEqual([null, true, false, "a", new Map(), []]);
  });

  test("keeps key order and the key __proto__, and lets a later duplicate win in the first one's place", () => {
    const value = read('{"b": 1, "__proto__": 2, "b": 3}');
    expect([...(value as Map<string, WireValue>)]).toEqual([
      ["b", new NumberText("3")],
      ["__proto__", new NumberText("2")],
    ]);
  });

  test("decodes escapes, joins surrogate pairs and keeps lone halves", () => {
    expect(read('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud83d!\\uDE00"')).toBe(
      '"\\/\b\f\n\r\té😀\ud83d!\ude00',
    );
  });

  test.each([
    ["", "the JSON text ends early", 0],
    ["[1, 2", "the JSON text ends early", 5],
    ['{"a"', "the JSON text ends early", 4],
    ["[1 2]", 'expected ","', 3],
    ["[1,]", "not a JSON value", 3],
    ["{1: 2}", "an object key must be a string", 1],
    ["01", "more text after the end of the JSON document", 1],
    ["+1", "not a JSON value", 0],
    ["nul", "not a JSON value", 0],
    ["'a'", "not a JSON value", 0],
    ["\ufeff1", "not a JSON value", 0],
    ["\u00a01", "not a JSON value", 0],
    ['"ab', "a string is not closed", 3],
    ['"a\nb"', "a control character in a string", 2],
    ['"\\x41"', "an unknown or unfinished escape in a string", 1],
    ['"\\u12"', "an unknown or unfinished escape in a string", 1],
  ])("refuses %j: %s", (text, reason, position) => {
    expect(parseWireJson(text)).toEqual({ ok: false, reason, position });
  });

  test("reads as deep as Python would and answers deeper nesting without a stack overflow", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseWireJson(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    for (const text of [nested(MAX_JSON_DEPTH + 1), "[".repeat(100_000), '{"a":'.repeat(100_000)]) {
      expect(parseWireJson(text)).toMatchObject({ ok: false, reason: "nested deeper than 500 levels" });
    }
  });

  test("reads 10 MB, and hostile texts of any shape, in a moment", () => {
    const size = 1024 * 1024;
    const shapes = [
      `[${"[12.5, null], ".repeat(10 * (size / 14))}1]`,
      `"${"x".repeat(size)}"`,
      `"${"\\n".repeat(size / 2)}"`,
      "1".repeat(size),
      `[${"1,".repeat(size / 2)}1]`,
      " ".repeat(size),
      `"${"x".repeat(size)}`,
    ];
    const startedAt = performance.now();
    for (const text of shapes) parseWireJson(text);
    // A quadratic reader would need hours, so the limit can be generous to a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  test("agrees with JSON.parse on every JSON document, and never throws on any text", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(JSON.parse(writeWireJson(read(text)))).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]{}:,"\\u0e-.1nN Iτ\n') }), (text) => {
        const accepted = parseWireJson(text).ok;
        if (!/NaN|Infinity/.test(text)) expect(accepted).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
