import { describe, expect, test } from "vitest";
import { readStoredArgs, readStoredKwargs } from "@/lib/celery/args/read-stored-args";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";

const JSON_ROW = { contentType: "application/json", contentEncoding: "utf-8" };
const PICKLE_ROW = { contentType: "application/x-python-serialize", contentEncoding: "binary" };
const YAML_ROW = { contentType: "application/x-yaml", contentEncoding: "utf-8" };
const MSGPACK_ROW = { contentType: "application/x-msgpack", contentEncoding: "binary" };

function readArgs(column: string | null, encoding = JSON_ROW) {
  const { value, ...rest } = readStoredArgs(column, encoding);
  return { ...rest, json: value === null ? null : writeWireJson(value) };
}

function readKwargs(column: string | null, encoding = JSON_ROW) {
  const { value, ...rest } = readStoredKwargs(column, encoding);
  return { ...rest, json: value === null ? null : writeWireJson(value) };
}

const NO_FAILURE = { reason: null, position: null };

describe("readStoredArgs", () => {
  test("reads the JSON string of a repr, as releases since 2.0 store it", () => {
    expect(readArgs("\"(1, -2, 3.5, 's')\"")).toEqual({
      class: "safe",
      text: "(1, -2, 3.5, 's')",
      json: '[1, -2, 3.5, "s"]',
      ...NO_FAILURE,
    });
    expect(readArgs("\"('h\\u00e9llo \\u2603 \\ud83d\\ude00', '\\u0000\\u001f')\"")).toMatchObject({
      class: "safe",
      json: '["héllo ☃ 😀", "\\u0000\\u001f"]',
    });
  });

  test("reads real JSON, stored where the message had no argsrepr", () => {
    expect(readArgs('[[1, [2, [3, [4]]]], {"a": {"b": 10000000000000000000000}}, "\\u00e9", 1.0]')).toEqual({
      class: "exact",
      text: '[[1, [2, [3, [4]]]], {"a": {"b": 10000000000000000000000}}, "é", 1.0]',
      json: '[[1, [2, [3, [4]]]], {"a": {"b": 10000000000000000000000}}, "é", 1.0]',
      ...NO_FAILURE,
    });
  });

  test("marks typed values, which need a person's word", () => {
    expect(readArgs("\"(Decimal('1.10'),)\"")).toMatchObject({
      class: "typed",
      json: '[{"__type__": "decimal", "__value__": "1.10"}]',
    });
  });

  test("gives lossy text its reason and the place of it in the text shown", () => {
    expect(readArgs('"([1, [2, [...]]],)"')).toEqual({
      class: "lossy",
      text: "([1, [2, [...]]],)",
      json: null,
      reason: "the text was cut at '...'",
      position: 10,
    });
    expect(readArgs('"(<hidden>)"').reason).toBe("an object that has no literal form");
  });

  test.each([null, "null", '""', ""])("knows nothing from %j", (column) => {
    expect(readArgs(column)).toEqual({
      class: "unknown",
      text: null,
      json: null,
      reason: "not stored: result_extended is off, or the message had none",
      position: null,
    });
  });

  test("reads the bare repr of releases 1.x", () => {
    expect(readArgs("(1, 'a')")).toMatchObject({ class: "safe", text: "(1, 'a')", json: '[1, "a"]' });
    expect(readArgs("[1, 'a']")).toMatchObject({ class: "safe", json: '[1, "a"]' });
    expect(readArgs("(1, 'a')", PICKLE_ROW)).toMatchObject({ class: "safe", json: '[1, "a"]' });
  });

  test("does not guess which of its two writers 1.x used where that matters", () => {
    // str() writes a newline as \n, saferepr a backslash and an n as \n.
    expect(readArgs("['a\\nb']")).toEqual({
      class: "lossy",
      text: "['a\\nb']",
      json: null,
      reason: "a backslash, which this release of django-celery-results stores in two ways",
      position: 3,
    });
  });

  test("shows what is left of a JSON string that the database cut", () => {
    for (const column of ["\"(1, 'caf\\u00e9 and", "\"(1, 'caf\\u00e9 and\\", "\"(1, 'caf\\u00e9 and\\u00"]) {
      expect(readArgs(column)).toEqual({
        class: "lossy",
        text: "(1, 'café and",
        json: null,
        reason: "the stored text ends early: the database cut it",
        position: null,
      });
    }
  });

  test.each([
    ["\"{'a': 1}\"", "not a tuple or list"],
    ["\"Decimal('1')\"", "not a tuple or list"],
    ['"None"', "not a tuple or list"],
    ['{"a": 1}', "the stored value is not a list"],
    ["3", "the stored value is not a list"],
  ])("refuses %s, which is no args", (column, reason) => {
    expect(readArgs(column)).toMatchObject({ class: "lossy", json: null, reason });
  });

  test("reads pickles as data", () => {
    // pickle.dumps("(1, -2, 3.5, 's')"), (1, 'a') and (1, ('a',), {1: 'c', None: 'b', 2.5: 'd'}) of Python 3.11.
    expect(readArgs("gASVFQAAAAAAAACMESgxLCAtMiwgMy41LCAncycplC4=", PICKLE_ROW)).toMatchObject({
      class: "safe",
      text: "(1, -2, 3.5, 's')",
      json: '[1, -2, 3.5, "s"]',
    });
    expect(readArgs("gASVCQAAAAAAAABLAYwBYZSGlC4=", PICKLE_ROW)).toMatchObject({
      class: "exact",
      json: '[1, "a"]',
    });
    expect(
      readArgs("gASVJwAAAAAAAABLAYwBYZSFlH2UKEsBjAFllE6MAWKUR0AEAAAAAAAAjAFklHWHlC4=", PICKLE_ROW),
    ).toMatchObject({ class: "safe", json: '[1, ["a"], {"1": "e", "null": "b", "2.5": "d"}]' });
  });

  test("names the content type that it can't read", () => {
    expect(readArgs("gASVCgAAAAAAAABdlEMDYWJjlGEu", PICKLE_ROW)).toMatchObject({
      class: "lossy",
      text: "gASVCgAAAAAAAABdlEMDYWJjlGEu",
      reason: "content type application/x-python-serialize: bytes, which JSON doesn't have",
    });
    expect(readArgs("kgGhYQ==", MSGPACK_ROW).reason).toBe("content type application/x-msgpack can't be read");
    expect(readArgs("!!", PICKLE_ROW).reason).toBe(
      "content type application/x-python-serialize, but the text is not base64",
    );
  });

  test("reads YAML only where it is a JSON string", () => {
    expect(readArgs("\"(1, 'a')\"", YAML_ROW)).toMatchObject({ class: "safe", json: '[1, "a"]' });
    for (const column of ["[1e5]", "(1, 'a')\n...\n", "'(1, ''a'')'\n", '"\\xE9"']) {
      expect(readArgs(column, YAML_ROW)).toMatchObject({
        class: "lossy",
        reason: "content type application/x-yaml can't be read",
      });
    }
  });
});

describe("a step of a chain that was never reached", () => {
  const unreached = { ...JSON_ROW, status: "FAILURE", worker: null };

  test("has lossy args, because the result of the step before is not among them", () => {
    expect(readStoredArgs('[["POT-CAST-IRON"]]', unreached)).toEqual({
      class: "lossy",
      value: null,
      text: '[["POT-CAST-IRON"]]',
      reason:
        "it never ran, because a step before it in its chain or chord failed: its args lack that step's result",
      position: null,
    });
  });

  test("is told from one that a worker had, from one that did not fail, and from one without args", () => {
    expect(readStoredArgs("[1]", { ...unreached, worker: "mail@box" }).class).toBe("exact");
    expect(readStoredArgs("[1]", { ...unreached, status: "PENDING" }).class).toBe("exact");
    expect(readStoredArgs(null, unreached)).toMatchObject({ class: "unknown", text: null });
  });

  test("has whole kwargs: a result only ever comes first among the args", () => {
    expect(readStoredKwargs('{"total": "1.00 EUR"}', unreached).class).toBe("exact");
  });
});

describe("readStoredKwargs", () => {
  test("reads both forms", () => {
    expect(readKwargs("\"{'k': 'v', 'n': None}\"")).toMatchObject({
      class: "safe",
      json: '{"k": "v", "n": null}',
    });
    expect(readKwargs('{"k": "v", "n": null}')).toMatchObject({
      class: "exact",
      json: '{"k": "v", "n": null}',
    });
    expect(readKwargs("{'k': 'v'}")).toMatchObject({ class: "safe", json: '{"k": "v"}' });
    expect(readKwargs("gASVEwAAAAAAAAB9lCiMAXqUSwKMAWKUXZSIYXUu", PICKLE_ROW)).toMatchObject({
      class: "exact",
      json: '{"z": 2, "b": [true]}',
    });
  });

  test.each(['"(1,)"', "\"Decimal('1')\""])("refuses %s, which is no dict", (column) => {
    expect(readKwargs(column)).toMatchObject({ class: "lossy", json: null, reason: "not a dict" });
  });
});
