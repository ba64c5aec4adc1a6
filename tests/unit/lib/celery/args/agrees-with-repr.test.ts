import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { agreesWithRepr } from "@/lib/celery/args/agrees-with-repr";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import type { WireValue } from "@/lib/celery/wire-value";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";

/** Lines of `[text, json]` that Celery's saferepr and Python's json made of one value; see tests/fixtures/README.md. */
function readCorpus(version: string): [text: string, json: string][] {
  const file = join(REPOSITORY_ROOT, `tests/fixtures/celery-${version}/saferepr.jsonl.gz`);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function read(json: string): WireValue {
  const parsed = parseWireJson(json);
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${json}`);
  return parsed.value;
}

function agrees(json: string, text: string, fromJson = false): boolean {
  return agreesWithRepr(read(json), text, { fromJson });
}

test.each(["5.2.6", "5.6.3"])(
  "every text that Celery %s makes, cut or not, agrees with its own value",
  (version) => {
    const corpus = readCorpus(version);
    expect(corpus).toHaveLength(6000);
    expect(corpus.filter(([text, json]) => !agrees(json, text))).toEqual([]);
  },
);

test("a text of another value agrees in a few cases of thousands, where almost nothing is left of it", () => {
  const corpus = readCorpus("5.6.3");
  const others = corpus.map(
    ([text], index) => [text, corpus[(index + 1) % corpus.length]?.[1] ?? "null"] as const,
  );
  const mistaken = others.filter(
    ([text, json]) => agrees(json, text) && text.length > 20 && !text.includes("..."),
  );
  expect(mistaken).toEqual([]);
});

/** Of more characters than Celery prints. */
const LONG = "x".repeat(1500);

test.each([
  [`["${LONG}", 1]`, `('${"x".repeat(1000)}...', ...`],
  // The silent case: a cut goes back to the last space, and what follows is printed whole.
  [`["a ${LONG}", "tail"]`, "('a...', 'tail')"],
  ["[[1, [2, [3]]], {}]", "([1, [2, [...]]], {})"],
  ["[[[]]]", "([(...,)],)"],
  ['[{"a": {"b": {"c": 1}}}]', "({'a': {'b': {...}}},)"],
  ["[12345678, 2]", "(12345..., ...)"],
  ["[NaN, -Infinity, 1e+100, null, true]", "(nan, -inf, 1e+100, None, True)"],
  ['{"1": "c", "null": "b", "true": "t"}', "{1: 'c', None: 'b', True: 't'}"],
  [`["it's", "end\\\\"]`, "('it\\'s', 'end\\')"],
  ["[[1, 2]]", "((1, 2),)"],
  ['[{"__type__": "decimal", "__value__": "1.50"}, 2]', "(Decimal('1.50'), 2)"],
  ['[{"__type__": "bytes", "__value__": "abc"}]', "(b'abc',)"],
])("case %#: may have been printed so", (json, text) => {
  expect(agrees(json, text)).toBe(true);
});

test.each([
  ['["b", 1]', "('a', 1)"],
  ["[1, 2]", "(1, 2, 3)"],
  ["[1, 2, 3]", "(1, 2)"],
  ["[10]", "(1,)"],
  ["[1]", "(10,)"],
  [`["b ${LONG}", "tail"]`, "('a...', 'tail')"],
  [`["a ${LONG}", "other"]`, "('a...', 'tail')"],
  ['[{"a": 2, "b": [[[1]]]}]', "({'a': 1, 'b': [[...]]},)"],
  ['[{"b": 1}]', "({'a': 1},)"],
  ['["1"]', "(1,)"],
  ["[null]", "('None',)"],
  ["[[1]]", "({1},)"],
  ["{}", "()"],
  ['[{"__type__": "decimal", "__value__": "1.50"}]', "('1.50',)"],
])("case %#: was never printed so", (json, text) => {
  expect(agrees(json, text)).toBe(false);
  expect(agrees(json, text, true)).toBe(false);
});

test.each([
  ['["1.50"]', "(Decimal('1.50'),)"],
  ['["2024-01-02T03:04:05"]', "(datetime.datetime(2024, 1, 2, 3, 4, 5),)"],
  ["[1]", "(Colour.RED,)"],
  ['["lazy"]', "(<Promise 'lazy'>,)"],
])("%s may stand for %s only where it is known to have come as JSON", (json, text) => {
  expect(agrees(json, text, true)).toBe(true);
  expect(agrees(json, text, false)).toBe(false);
});
