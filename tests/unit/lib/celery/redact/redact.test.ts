import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { readPythonLiteral } from "@/lib/celery/literal/read-python-literal";
import { writeKwargsRepr } from "@/lib/celery/literal/write-args-repr";
import { redactText, redactValue } from "@/lib/celery/redact/redact";
import { isWireArray, isWireObject, NumberText, type WireValue } from "@/lib/celery/wire-value";
import { hostileText, wireValues } from "../wire-values";

const NAMES = ["password", "token", "api_key"];

describe("redactValue", () => {
  test("hides values of listed keys at any depth and in any case, and nothing else", () => {
    const value = new Map<string, WireValue>([
      ["user", "bob"],
      ["DB_Password", new NumberText("1")],
      ["nested", [new Map<string, WireValue>([["x-api_key-2", ["a", "b"]]]), "plain"]],
    ]);
    expect(writeWireJson(redactValue(value, NAMES))).toBe(
      '{"user": "bob", "DB_Password": "***", "nested": [{"x-api_key-2": "***"}, "plain"]}',
    );
  });

  test("looks into strings that hold text with names in it", () => {
    expect(redactValue(['{"token": "abc", "a": 1}', "https://h/?token=abc&b=2"], NAMES)).toEqual([
      '{"token": "***", "a": 1}',
      "https://h/?token='***'&b=2",
    ]);
  });

  test("is the same object when nothing is hidden", () => {
    const value = [new Map([["user", "bob"]]), "x"];
    expect(redactValue(value, NAMES)).toBe(value);
  });
});

describe("redactText", () => {
  test.each([
    // Whole reprs and JSON.
    ["{'password': 'hunter2', 'user': 'bob'}", "{'password': '***', 'user': 'bob'}"],
    ["({'a': {'MyToken': [1, 'x']}}, 'password')", "({'a': {'MyToken': '***'}}, 'password')"],
    ["{'the password is': 1, 'b': 2}", "{'the password is': '***', 'b': 2}"],
    ["{'api_key': Decimal('1.0'), 'b': 2}", "{'api_key': '***', 'b': 2}"],
    ['{"password": "a\\"b", "n": 1.0}', '{"password": "***", "n": 1.0}'],
    ['{"pass\\u0077ord": 1}', '{"password": "***"}'],
    ["\"{'password': 'x', 'b': 1}\"", "\"{'password': '***', 'b': 1}\""],
    ["{'user': 'bob'}", "{'user': 'bob'}"],
    ['{"user":"bob"}', '{"user":"bob"}'],
    // Lossy reprs.
    ["{'password': 'hunter2', 'x': <Foo>}", "{'password': '***', 'x': <Foo>}"],
    ["{'x': <Foo>, 'password': 'it\\'s', 'y': 1}", "{'x': <Foo>, 'password': '***', 'y': 1}"],
    ["{'x': <Foo>, 'password': 'end\\', 'y': 1}", "{'x': <Foo>, 'password': '***'"],
    ["{'x': <Foo>, 'token': ['a', {'b': 'c'}], 'y': 1}", "{'x': <Foo>, 'token': '***', 'y': 1}"],
    ["{'x': <Foo>, 'token': 12.5, 'y': 1}", "{'x': <Foo>, 'token': '***', 'y': 1}"],
    ["{'x': <Foo>, 'token': Box(a='b)'), 'y': 1}", "{'x': <Foo>, 'token': '***', 'y': 1}"],
    ["{'x': <Foo>, 'token': ['a\\', ']b'], 'y': 1}", "{'x': <Foo>, 'token': '***'"],
    ["{'x': <Foo>, 'token': b'a', 'y': 1}", "{'x': <Foo>, 'token': '***'"],
    ["{'x': <Foo>, 'token': [b'q', ']b'], 'y': 1}", "{'x': <Foo>, 'token': '***'"],
    ["{'x': <Foo>, 'token': <Secret a, b>, 'y': 1}", "{'x': <Foo>, 'token': '***'"],
    ["{'x': <Foo>, 'my token': 'a', 'y': 1}", "{'x': <Foo>, 'my token': '***', 'y': 1}"],
    ["{'x': <Foo>, 'token it\\'s': 'a', 'y': 1}", "{'x': <Foo>, 'token it\\'s': '***', 'y': 1}"],
    ["({'token': 'abc...', ...", "({'token': '***', ..."],
    ["({'token': 'abc", "({'token': '***'"],
    ["({'token': , ...},)", "({'token': , ...},)"],
    // Cut or embedded JSON.
    ['{"a": [{"token": "abc", "b', '{"a": [{"token": "***", "b'],
    ['(\'{"token": "a\\\\"b", "c": 1}\', <Foo>)', '(\'{"token": "***", "c": 1}\', <Foo>)'],
    ['"{\\"token\\": \\"abc\\", \\"b', '"{\\"token\\": \\"***\\", \\"b'],
    // Exceptions, URLs, prose.
    [
      "OperationalError(\"connect(password='hunter2', host='db')\")",
      "OperationalError(\"connect(password='***', host='db')\")",
    ],
    ["GET https://h/?api_key=abc&page=2 failed", "GET https://h/?api_key='***'&page=2 failed"],
    ["Password: correct horse", "Password: '***'"],
    ["invalid password for 'bob'", "invalid password for 'bob'"],
  ])("%s", (text, expected) => {
    expect(redactText(text, NAMES)).toBe(expected);
  });

  test("shows all when there are no names", () => {
    expect(redactText("{'password': 'x'}", [])).toBe("{'password': 'x'}");
  });

  test("takes the names as text, not as patterns", () => {
    expect(redactText("{'a.b': 1, 'axb': 2, <Foo>}", ["a.b"])).toBe("{'a.b': '***', 'axb': 2, <Foo>}");
  });

  test("leaves whole texts readable, with exactly the listed values hidden", () => {
    fc.assert(
      fc.property(secretKwargs(wireValues(1)), (kwargs) => {
        const repr = writeKwargsRepr(kwargs);
        const literal = readPythonLiteral(redactText(repr ?? "{}", NAMES));
        if (repr !== null && !/[:=]/.test(allStrings(kwargs).join())) {
          expect(literal.ok && literal.value.value).toEqual(redactValue(kwargs, NAMES));
        }
        expect(parseWireJson(redactText(writeWireJson(kwargs), NAMES))).toEqual({
          ok: true,
          value: redactValue(kwargs, NAMES),
        });
      }),
    );
  });

  test("never shows a listed value of a text that was cut anywhere, or that has two readings", () => {
    fc.assert(
      fc.property(
        secretKwargs(markedValues()),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (kwargs, share) => {
          for (const text of [naiveRepr(kwargs), `(${naiveRepr(kwargs)}, <Foo>)`, writeWireJson(kwargs)]) {
            const cut = text.slice(0, Math.ceil(text.length * share));
            expect(redactText(text, NAMES)).not.toContain(MARKER);
            expect(redactText(cut, NAMES)).not.toContain(MARKER);
            expect(redactText(`${cut}...', ...`, NAMES)).not.toContain(MARKER);
            expect(redactText(JSON.stringify(text), NAMES)).not.toContain(MARKER);
            expect(redactText(JSON.stringify(cut).slice(0, -1), NAMES)).not.toContain(MARKER);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("takes linear time", () => {
    const size = 256 * 1024;
    const startedAt = performance.now();
    const units = [
      "token",
      "token ",
      "token'",
      "token\\",
      "token: ",
      "'token': ['",
      "token=(",
      "token='\\'",
      "token: a\n",
    ];
    for (const unit of units) {
      redactText(unit.repeat(size / unit.length), NAMES);
      redactText(`('token ${unit.slice(5).repeat(size / unit.length)}`, NAMES);
    }
    // A quadratic search would need hours.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

const MARKER = "S3CR3T";

/** Kwargs of which those with a listed name hold `values`; the others hold what has no marker. */
function secretKwargs(values: fc.Arbitrary<WireValue>): fc.Arbitrary<ReadonlyMap<string, WireValue>> {
  // A quote, colon or equals sign inside a key beside the name is beyond what a lossy text can tell.
  const around = hostileText().map((text) => text.replace(/[:='"]/g, ""));
  const secret = fc.tuple(fc.tuple(around, fc.constantFrom("password", "Token"), around), values);
  const plain = fc.tuple(hostileText(), wireValues(1));
  return fc
    .tuple(
      fc.array(plain, { maxLength: 2 }),
      fc.array(secret, { maxLength: 2 }),
      fc.array(plain, { maxLength: 2 }),
    )
    .map(([before, secrets, after]) => {
      const named = secrets.map(([parts, value]): [string, WireValue] => [parts.join(""), value]);
      return new Map([...before, ...named, ...after]);
    });
}

/** Values in which every string holds the marker. */
function markedValues(): fc.Arbitrary<WireValue> {
  const mark = (value: WireValue): WireValue => {
    if (typeof value === "string")
      return `${value.slice(0, value.length / 2)}${MARKER}${value.slice(value.length / 2)}`;
    if (isWireArray(value)) return value.map(mark);
    return isWireObject(value) ? new Map(Array.from(value, ([key, item]) => [key, mark(item)])) : value;
  };
  return wireValues(2).map(mark);
}

/** What saferepr writes without limits: also where it has two readings. */
function naiveRepr(value: WireValue): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "\\'")}'`;
  if (value instanceof NumberText) return value.text;
  if (value === null || typeof value === "boolean") return value === null ? "None" : value ? "True" : "False";
  if (isWireArray(value)) return `[${value.map(naiveRepr).join(", ")}]`;
  return isWireObject(value)
    ? `{${Array.from(value, ([key, item]) => `${naiveRepr(key)}: ${naiveRepr(item)}`).join(", ")}}`
    : "";
}

function allStrings(value: WireValue): string[] {
  if (typeof value === "string") return [value];
  if (isWireArray(value)) return value.flatMap(allStrings);
  return isWireObject(value) ? Array.from(value, ([key, item]) => [key, ...allStrings(item)]).flat() : [];
}
