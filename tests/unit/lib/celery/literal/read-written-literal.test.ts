import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { readWrittenLiteral } from "@/lib/celery/literal/read-written-literal";

describe("readWrittenLiteral", () => {
  it.each([
    ['["order-7", 3]', '["order-7", 3]'],
    ["('order-7', 3)", '["order-7", 3]'],
    ["(1,)", "[1]"],
    ["( 1, )", "[1]"],
    ["()", "[]"],
    ["  [ 1 ,\n  2.50 , ]\n", "[1, 2.50]"],
    ["{'a': None, \"b\": True, 'c': false, 'd': null}", '{"a": null, "b": true, "c": false, "d": null}'],
    ["{1: 'one', None: 2}", '{"1": "one", "null": 2}'],
    ["12345678901234567890123", "12345678901234567890123"],
    ["-1.5e-7", "-1.5e-7"],
    ["[nan, -inf, Infinity]", "[NaN, -Infinity, Infinity]"],
    [`'it\\'s "so"'`, `"it's \\"so\\""`],
    ["'\\x41\\u00e9\\U0001f600\\n'", '"Aé😀\\n"'],
    ['"a\\/b"', '"a/b"'],
    ["Decimal('1.50')", '{"__type__": "decimal", "__value__": "1.50"}'],
  ])("reads %s", (text, json) => {
    const read = readWrittenLiteral(text);
    expect(read.ok ? writeWireJson(read.value) : read).toBe(json);
  });

  it.each([
    ["", 0, "there is no value"],
    ["[1, 2", 5, 'the text ends before "]"'],
    ["[1 2]", 3, 'expected "," or "]"'],
    ["{'a' 1}", 5, 'expected ":" after the key'],
    ["{'a', 'b'}", 1, "a set, which JSON doesn't have"],
    ["{[1]: 2}", 1, "a dict key that is neither text nor a number"],
    ["(1)", 0, "a value in parentheses, which is no tuple: write a comma after it"],
    ["[1] 2", 4, "more text after the end of the value"],
    ["[007]", 1, "a number that is not written in plain decimal digits"],
    ["[1_000]", 1, "a number that is not written in plain decimal digits"],
    ["EUR", 0, 'text without quotes: write "EUR"'],
    ["['a', ...]", 6, "the text was cut at '...'"],
    ["(<Order: 7>, 1)", 1, "an object that has no literal form"],
    ["b'x'", 0, "bytes, which can't be told from their text"],
    ["set([1])", 0, "a set, which JSON doesn't have"],
    ["'abc", 0, "a string is not closed"],
    ["'a\\qb'", 2, "an unknown or unfinished escape in a string"],
    ["'a\nb'", 2, "a line break or control character in a string: write \\n"],
    ["[".repeat(65), 64, "nested deeper than 64 levels"],
  ])("says what is wrong with %s, and where", (text, position, reason) => {
    expect(readWrittenLiteral(text)).toEqual({ ok: false, reason, position });
  });

  it("reads every JSON document of moderate depth as it is", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        const read = readWrittenLiteral(json);
        expect(read.ok && JSON.parse(writeWireJson(read.value))).toEqual(JSON.parse(json));
      }),
    );
  });

  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."()[]{}'\",:\\ \nTrue1.e-<b...") }), (text) => {
        const read = readWrittenLiteral(text);
        if (!read.ok) expect(read.position).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
