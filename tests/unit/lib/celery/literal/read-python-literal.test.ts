import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import {
  MAX_INTEGER_DIGITS,
  MAX_LITERAL_DEPTH,
  readPythonLiteral,
} from "@/lib/celery/literal/read-python-literal";
import { hostileText } from "../wire-values";

/** The JSON of an accepted text, with a prefix when it holds typed values; of a refused one, reason and position. */
function read(text: string) {
  const literal = readPythonLiteral(text);
  if (!literal.ok) return `${literal.reason} @${literal.position}`;
  return (literal.value.typed ? "typed " : "") + writeWireJson(literal.value.value);
}

const CUT = "the text was cut at '...'";
const MAYBE_CUT = "a string that ends in '...': Celery may have cut it";
const AMBIGUOUS = "a quote after a backslash: escaped, or the end of the string?";
const BYTES = "bytes, which can't be told from their text";
const SET = "a set, which JSON doesn't have";
const WRONG_FOLLOWER = "text that can't follow a value here";
const NOT_A_LITERAL = "not a literal that Celery writes";

// celery-wire, Appendix 1, in its order.
const VECTORS: readonly (readonly [text: string, expected: string])[] = [
  ["()", "[]"],
  ["(1, -2, 3.5, 's')", '[1, -2, 3.5, "s"]'],
  ["([], {}, '', ())", '[[], {}, "", []]'],
  ["('it\\'s',)", '["it\'s"]'],
  ["('a\\b', 'c')", '["a\\\\b", "c"]'],
  ["('end\\', 'x')", `${AMBIGUOUS} @6`],
  ["('say \"hi\"',)", '["say \\"hi\\""]'],
  ["('a\nb\tc\0',)", '["a\\nb\\tc\\u0000"]'],
  ["('...', 'a...')", `${MAYBE_CUT} @1`],
  ["('a...b',)", '["a...b"]'],
  ["([1, [2, [...]]], {'a': {'b': {...}}})", `${CUT} @10`],
  ["([[(...,)]],)", `${CUT} @4`],
  ["('xxxx...', ...", `${MAYBE_CUT} @1`],
  ["('yyyy', ...", `${CUT} @9`],
  ["([1, 2], , ...])", `${CUT} @9`],
  ["({'a': , ...},)", `${CUT} @7`],
  ["(, ...)", `${CUT} @1`],
  ["(1, 2..., ...)", `${CUT} @4`],
  ["(12345678...,", `${CUT} @1`],
  ["(None, True, False)", "[null, true, false]"],
  ["(inf, -inf, nan)", "[Infinity, -Infinity, NaN]"],
  ["(1e+100, 1e-07, 1e16)", "[1e+100, 1e-07, 1e16]"],
  ["(10000000000000000000000000,)", "[10000000000000000000000000]"],
  ["({1: 'c', None: 'b', 2.5: 'd', True: 'e'},)", '[{"1": "c", "null": "b", "2.5": "d", "true": "e"}]'],
  ["({(1, 2): 3},)", "a container as a dict key @2"],
  ["({1},)", `${SET} @2`],
  ["(set(),)", `${SET} @1`],
  ["(frozenset({2}),)", `${SET} @1`],
  ["(b'abc',)", `${BYTES} @1`],
  ["(b'q'q',)", `${BYTES} @1`],
  [
    "(Decimal('1.10'), UUID('00000000-0000-0000-0000-000000000007'))",
    'typed [{"__type__": "decimal", "__value__": "1.10"}, ' +
      '{"__type__": "uuid", "__value__": {"hex": "00000000000000000000000000000007"}}]',
  ],
  [
    "(datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),)",
    'typed [{"__type__": "datetime", "__value__": "2024-01-02T03:04:05+00:00"}]',
  ],
  ["((1+2j),)", `${NOT_A_LITERAL} @2`],
  ["(range(0, 3),)", "a range object, which can't be rebuilt from its repr @1"],
  ["(Ellipsis,)", "an Ellipsis, which JSON doesn't have @1"],
  ["(<hidden>)", "an object that has no literal form @1"],
  ["(P(x=1, y='a'),)", "a P object, which can't be rebuilt from its repr @1"],
  ["(1)", "a value in parentheses, which is no tuple @2"],
  ["<Recursion on list with id=1>", "a container that holds itself @0"],
  ["[1, 2]", "[1, 2]"],
];

describe("readPythonLiteral", () => {
  test.each(VECTORS)("reads %j as %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["('a\\\\'b',)", '["a\\\\\'b"]'],
    ["(1,  2)", "white space that saferepr doesn't write @4"],
    ["(1,2)", `${WRONG_FOLLOWER} @2`],
    ["[1,]", `${WRONG_FOLLOWER} @2`],
    ["[1, ]", "a value is missing @4"],
    ["(1, 2,)", `${WRONG_FOLLOWER} @5`],
    ["(01,)", `${NOT_A_LITERAL} @1`],
    ["(1,) ", `${WRONG_FOLLOWER} @4`],
    ["('a'b)", `${WRONG_FOLLOWER} @4`],
    ["({1:2},)", `${WRONG_FOLLOWER} @3`],
    ["(1, 2", "the text ends early: it was cut @5"],
    ['("a",)', "a string in double quotes, which saferepr doesn't write @1"],
    ["({b'k': 1},)", `${BYTES} @2`],
    ["({'a...': 1},)", `${MAYBE_CUT} @2`],
    ["({Decimal('1'): 1},)", "a dict key that is neither text nor a number @2"],
    ["({1: 'a', '1': 'b'},)", '[{"1": "b"}]'],
    ["(1, {'__type__': 'uuid', '__value__': 'x'})", "a dict that kombu takes for a typed value @4"],
    ["{'__proto__': 1}", '{"__proto__": 1}'],
    ["(1j,)", `${NOT_A_LITERAL} @1`],
    ["(1/2,)", `${NOT_A_LITERAL} @1`],
    ["(Color.RED,)", `${NOT_A_LITERAL} @1`],
    ["{'a', ...}", "the text was cut at '...' @6"],
    ["", "the text ends early: it was cut @0"],
    ["(", "the text ends early: it was cut @1"],
    ["('abc", "a string is not closed: the text was cut @1"],
    ["'whole result'", '"whole result"'],
  ])("reads %j as %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("says what the text began with", () => {
    const roots = ["(1,)", "[1]", "{}", "Decimal('1')", "'(1,)'"].map((text) => {
      const literal = readPythonLiteral(text);
      return literal.ok ? literal.value.root : null;
    });
    expect(roots).toEqual(["tuple", "list", "dict", "scalar", "scalar"]);
  });

  test("refuses what Python could not read back: too many digits, too deep", () => {
    const digits = "9".repeat(MAX_INTEGER_DIGITS);
    expect(read(`(${digits},)`)).toBe(`[${digits}]`);
    expect(read(`(${digits}9,)`)).toBe("an integer of more than 4300 digits @1");
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(readPythonLiteral(nested(MAX_LITERAL_DEPTH)).ok).toBe(true);
    expect(read(nested(MAX_LITERAL_DEPTH + 1))).toBe("nested deeper than 64 levels @64");
    expect(read("[".repeat(100_000))).toBe("nested deeper than 64 levels @64");
  });

  test("takes linear time for texts that invite looking back", () => {
    const size = 512 * 1024;
    const startedAt = performance.now();
    for (const unit of ["'\\'x", "\\", ".", "(", "'a', ", "a(", "1", "1."]) {
      readPythonLiteral(`('${unit.repeat(size / unit.length)}`);
      readPythonLiteral(`(${unit.repeat(size / unit.length)}`);
    }
    // A quadratic reader would need hours.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  test("answers any text", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const literal = readPythonLiteral(text);
        if (!literal.ok) expect(literal.position).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });
});
