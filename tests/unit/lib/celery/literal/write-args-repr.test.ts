import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPythonLiteral } from "@/lib/celery/literal/read-python-literal";
import { writeArgsRepr, writeKwargsRepr } from "@/lib/celery/literal/write-args-repr";
import { createTypedValue } from "@/lib/celery/typed-value";
import { NumberText, type WireArray, type WireValue } from "@/lib/celery/wire-value";
import { hostileText, wireValues } from "../wire-values";

const one = new NumberText("1");

describe("writeArgsRepr", () => {
  test.each<[WireArray, string]>([
    [[], "()"],
    [[one], "(1,)"],
    [[one, "a", null, true, false, new NumberText("1.0")], "(1, 'a', None, True, False, 1.0)"],
    [[[], [one], new Map([["k", "v"]])], "([], [1], {'k': 'v'})"],
    [[new NumberText("NaN"), new NumberText("-Infinity")], "(nan, -inf)"],
    [["it's", 'say "hi"', "a\nb", "\\b"], "('it\\'s', 'say \"hi\"', 'a\nb', '\\b')"],
    [["'", "''"], "('\\'', '\\'\\'')"],
    [[[[one]]], "([[1]],)"],
  ])("writes %j", (args, text) => {
    expect(writeArgsRepr(args)).toBe(text);
  });

  test("writes long values whole", () => {
    const long = "word ".repeat(10_000);
    expect(writeArgsRepr([long])).toBe(`('${long}',)`);
  });

  test.each<[string, WireValue]>([
    ["a quote before a comma", "a',b"],
    ["a backslash at the end", "dir\\"],
    ["three dots at the end", "wait..."],
    ["a NUL, which no message may hold as text", "a\0b"],
    ["half of a surrogate pair", "a\ud83d"],
    ["a typed value", createTypedValue("decimal", "1.10")],
    ["a fourth level", [[[one]]]],
    ["an empty fourth level", [[[]]]],
    ["a key that can't be written", new Map([["k...", one]])],
    ["an upper-case exponent", new NumberText("1E5")],
    ["an integer that Python would not read", new NumberText("9".repeat(4301))],
  ])("writes nothing for %s", (_what, value) => {
    expect(writeArgsRepr([value])).toBeNull();
    expect(writeKwargsRepr(new Map([["k", value]]))).toBeNull();
  });

  test("is read back to the same values, and is there for most", () => {
    let written = 0;
    fc.assert(
      fc.property(fc.array(wireValues(2), { maxLength: 4 }), (args) => {
        const text = writeArgsRepr(args);
        if (text === null) return;
        written++;
        expect(readPythonLiteral(text)).toEqual({
          ok: true,
          value: { value: args, root: "tuple", typed: false },
        });
      }),
      { numRuns: 1000 },
    );
    expect(written).toBeGreaterThan(300);
  });

  test("is null for a string exactly when its text would not be read, or can't be a header", () => {
    fc.assert(
      fc.property(hostileText(), (value) => {
        const naive = `('${value.replaceAll("'", "\\'")}',)`;
        const isWritten = readPythonLiteral(naive).ok && !value.includes("\0");
        expect(writeArgsRepr([value])).toBe(isWritten ? naive : null);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writeKwargsRepr", () => {
  test("writes a dict with string keys", () => {
    expect(writeKwargsRepr(new Map())).toBe("{}");
    expect(
      writeKwargsRepr(
        new Map<string, WireValue>([
          ["k", "v"],
          ["n", [one]],
        ]),
      ),
    ).toBe("{'k': 'v', 'n': [1]}");
  });

  test("is read back to the same values", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostileText(), wireValues(2))), (pairs) => {
        const kwargs = new Map(pairs);
        const text = writeKwargsRepr(kwargs);
        if (text === null) return;
        expect(readPythonLiteral(text)).toEqual({
          ok: true,
          value: { value: kwargs, root: "dict", typed: false },
        });
      }),
    );
  });
});
