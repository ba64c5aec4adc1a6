import { describe, expect, test } from "vitest";
import { describeStoredResult } from "@/lib/celery/result/describe-stored-result";

const JSON_ROW = { contentType: "application/json", contentEncoding: "utf-8" };
const PICKLE_ROW = { contentType: "application/x-python-serialize", contentEncoding: "binary" };

function stored(type: string, module: string | null, message: unknown) {
  return JSON.stringify({ exc_type: type, exc_message: message, exc_module: module });
}

// Columns as celery-wire E.2, E.5 and E.6 captured them.
describe("describeStoredResult", () => {
  test.each([
    [stored("ValueError", "builtins", ["boom"]), "ValueError", "builtins", "boom"],
    [
      stored("ValueError", "builtins", ["boom", 42, { k: "v" }]),
      "ValueError",
      "builtins",
      "('boom', 42, {'k': 'v'})",
    ],
    [stored("ValueError", "builtins", []), "ValueError", "builtins", ""],
    [stored("ValueError", "builtins", [42]), "ValueError", "builtins", "42"],
    [stored("KeyError", "builtins", ["k"]), "KeyError", "builtins", "'k'"],
    [stored("KeyError", "builtins", ["it's"]), "KeyError", "builtins", '"it\'s"'],
    [
      stored("ConnectionRefusedError", "builtins", [111, "Connection refused"]),
      "ConnectionRefusedError",
      "builtins",
      "[Errno 111] Connection refused",
    ],
    [
      stored("TaskRevokedError", "celery.exceptions", ["terminated"]),
      "TaskRevokedError",
      "celery.exceptions",
      "terminated",
    ],
    [stored("Weird", "lab", []), "Weird", "lab", ""],
    [
      stored("UnpickleableExceptionWrapper", "celery.utils.serialization", ["lab", "Weird", [], "Weird()"]),
      "Weird",
      "lab",
      "Weird()",
    ],
    // Celery 4.0 and 4.1.
    [stored("ValueError", "builtins", "boom"), "ValueError", "builtins", "boom"],
    [stored("ValueError", null, ["boom"]), "ValueError", null, "boom"],
  ])("reads %s", (result, type, module, message) => {
    expect(describeStoredResult(result, JSON_ROW)).toEqual({ type, module, message });
  });

  test("reads a pickled exception", () => {
    // pickle.dumps(ValueError("boom", 42, {"k": "v"})) of CPython 3.11.
    const result = "gASVMwAAAAAAAACMCGJ1aWx0aW5zlIwKVmFsdWVFcnJvcpSTlIwEYm9vbZRLKn2UjAFrlIwBdpRzh5RSlC4=";
    expect(describeStoredResult(result, PICKLE_ROW)).toEqual({
      type: "ValueError",
      module: "builtins",
      message: "('boom', 42, {'k': 'v'})",
    });
  });

  test.each([
    null,
    "",
    "null",
    "3",
    '"ok"',
    "[1]",
    '{"pid": 1, "hostname": "h"}',
    '{"exc_type": 3}',
    "{'a': 1}",
  ])("finds no exception in %j", (result) => {
    expect(describeStoredResult(result, JSON_ROW)).toBeNull();
  });

  test.each(["", "!!", "gAS=", "Ti4="])("finds no exception in the pickle %j", (result) => {
    expect(describeStoredResult(result, PICKLE_ROW)).toBeNull();
  });
});
