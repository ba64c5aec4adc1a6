import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { readPythonLiteral } from "@/lib/celery/literal/read-python-literal";
import { writeArgsRepr, writeKwargsRepr } from "@/lib/celery/literal/write-args-repr";
import { isWireArray, isWireObject } from "@/lib/celery/wire-value";

/** Lines of `[text, json]` that Celery's saferepr and Python's json made of one value; see tests/fixtures/README.md. */
function readCorpus(version: string): [text: string, json: string][] {
  const file = new URL(`../../../../fixtures/celery-${version}/saferepr.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function readJson(json: string) {
  const value = parseWireJson(json);
  if (!value.ok) throw new Error(`${value.reason} at ${value.position}: ${json}`);
  return value.value;
}

describe.each(["5.2.6", "5.6.3"])("what saferepr of Celery %s writes", (version) => {
  const corpus = readCorpus(version);

  test("is read as the very value or refused, and not refused too often", () => {
    const accepted = corpus.filter(([text, json]) => {
      const literal = readPythonLiteral(text);
      // Compared one by one: toEqual with the text as message names the line that is wrong.
      if (literal.ok) expect(literal.value.value, text).toEqual(readJson(json));
      return literal.ok;
    });
    expect(corpus).toHaveLength(6000);
    // The corpus is hostile on purpose: the rest is cut, too deep or ambiguous.
    expect(accepted.length / corpus.length).toBeGreaterThan(MINIMUM_SHARE);
  });

  test("is what we write for the same JSON, wherever we write a text at all", () => {
    const ours = corpus.map(([, json]) => {
      const value = readJson(json);
      if (isWireArray(value)) return writeArgsRepr(value);
      return isWireObject(value) ? writeKwargsRepr(value) : null;
    });
    const written = corpus.filter(([text, json], index) => {
      const mine = ours[index];
      // Inner tuples and keys that are no strings are gone from JSON, and long texts are cut: compare the others.
      if (mine == null || readPythonLiteral(text).ok === false || hasOtherTypes(text, json)) return false;
      expect(mine).toBe(text);
      return true;
    });
    expect(written.length / corpus.length).toBeGreaterThan(MINIMUM_SHARE / 3);
  });
});

const MINIMUM_SHARE = 0.55;

/** Says whether the repr may hold a tuple, or a key that is no string, which its JSON doesn't show. */
function hasOtherTypes(text: string, json: string): boolean {
  return text.indexOf("(", 1) >= 0 || /"(?:-?[0-9]|null|true|NaN|-?Infinity)[^"]*":/.test(json);
}
