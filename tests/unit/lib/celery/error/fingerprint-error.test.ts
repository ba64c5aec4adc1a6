import { expect, test } from "vitest";
import { fingerprintError } from "@/lib/celery/error/fingerprint-error";
import { readExceptionText } from "@/lib/celery/error/read-exception-text";
import { READ_RESULT_CHARS, readStoredError } from "@/lib/celery/error/read-stored-error";

const JSON_ROW = { contentType: "application/json", contentEncoding: "utf-8" };

test("errors of one kind have one fingerprint, the same in every release", () => {
  const declined = { type: "Declined", module: "shop.outside" };
  const [one, two] = [7, 8].map((order) =>
    fingerprintError({ ...declined, message: `order ${order} declined` }),
  );
  expect(one).toEqual({
    fingerprint: "07bb1b64ef45b4",
    exceptionType: "shop.outside.Declined",
    message: "order <number> declined",
  });
  expect(two).toEqual(one);
});

test("another class or another message is another kind; the module alone is not", () => {
  const error = { type: "Timeout", module: "requests", message: "timed out" };
  const prints = [
    error,
    { ...error, message: "timed out twice" },
    { ...error, type: "Slow" },
    { ...error, module: null },
    { ...error, type: "Client.Timeout" },
    { ...error, type: null },
  ].map((parts) => fingerprintError(parts).fingerprint);
  expect(new Set(prints.slice(0, 3)).size).toBe(3);
  expect(prints[3]).toBe(prints[0]);
  expect(prints[4]).toBe(prints[0]);
  expect(prints[5]).not.toBe(prints[0]);
});

test.each([
  [{ type: "ValueError", module: "builtins" }, "ValueError"],
  [{ type: "ValueError", module: "" }, "ValueError"],
  [{ type: "ValueError", module: null }, "ValueError"],
  [{ type: "OperationalError", module: "kombu.exceptions" }, "kombu.exceptions.OperationalError"],
  [{ type: null, module: null }, null],
])("%j is shown as %s", (name, shown) => {
  expect(fingerprintError({ ...name, message: "x" }).exceptionType).toBe(shown);
});

test.each([
  ["ValueError('no such order')", { type: "ValueError", module: null, message: "no such order" }],
  ['ValueError("it\'s 7")', { type: "ValueError", module: null, message: "it's 7" }],
  ["ValueError('it\\'s\\n\"7\"',)", { type: "ValueError", module: null, message: 'it\'s\n"7"' }],
  ["KeyError('id')", { type: "KeyError", module: null, message: "'id'" }],
  ["Empty()", { type: "Empty", module: null, message: "" }],
  ["ConnectionRefusedError(111, 'refused')", { message: "[Errno 111] refused" }],
  ["Declined('funds', 1200, None, True)", { message: "('funds', 1200, None, True)" }],
  ["Declined({'a': 1}, 2)", { type: "Declined", message: "{'a': 1}, 2" }],
  ["ValueError('cut in the mid", { type: "ValueError", message: "'cut in the mid" }],
  [
    "shop.outside.Declined: no funds: 7",
    { type: "Declined", module: "shop.outside", message: "no funds: 7" },
  ],
  ["TimeoutError", { type: "TimeoutError", module: null, message: "" }],
  ["the worker was lost", { type: null, module: null, message: "the worker was lost" }],
  ["", { type: null, module: null, message: "" }],
])("the text of an event: %s", (text, parts) => {
  expect(readExceptionText(text)).toMatchObject(parts);
});

test.each([
  [
    '{"exc_type": "ValueError", "exc_message": ["order 7"], "exc_module": "builtins"}',
    "ValueError('order 9')",
  ],
  ['{"exc_type": "KeyError", "exc_message": ["a"], "exc_module": "builtins"}', "KeyError('b')"],
  [
    '{"exc_type": "OSError", "exc_message": [5, "I/O error"], "exc_module": "builtins"}',
    "OSError(5, 'I/O error')",
  ],
  ['{"exc_type": "Declined", "exc_message": ["x", 1], "exc_module": "shop"}', "Declined('yz', 22)"],
  ['{"exc_type": "Empty", "exc_message": [], "exc_module": "shop"}', "Empty()"],
  ['{"exc_type": "Late", "exc_message": ["a\\nb"], "exc_module": "shop"}', "Late('a\\nb')"],
])("a row and an event of the same kind of error fall together: %s", (result, exception) => {
  const stored = readStoredError(result, JSON_ROW);
  expect(stored).not.toBeNull();
  const ofRow = stored && fingerprintError(stored).fingerprint;
  expect(ofRow).toBe(fingerprintError(readExceptionText(exception)).fingerprint);
});

test("of a result that was cut the class and the beginning of the message are read", () => {
  const write = (size: number) =>
    `{"exc_type": "Refused", "exc_message": ["order 7 says \\"${"x".repeat(size)}\\"", 1], "exc_module": "shop"}`;
  const cut = readStoredError(write(100_000).slice(0, READ_RESULT_CHARS), JSON_ROW);
  expect(cut).toMatchObject({ type: "Refused", module: null });
  expect(cut?.message.slice(0, 20)).toBe('order 7 says "xxxxxx');
  const whole = readStoredError(write(10_000), JSON_ROW);
  expect(cut && fingerprintError(cut).message).toBe("order <number> says <text>");
  expect(whole && fingerprintError(whole).message).toBe("(<text>");
});

test.each([
  [null, JSON_ROW],
  ["", JSON_ROW],
  ["null", JSON_ROW],
  ['"ok"', JSON_ROW],
  ['{"delivered": true}', JSON_ROW],
  ['{"exc_type": "ValueErr', JSON_ROW],
  ["gASV", { contentType: "application/x-python-serialize", contentEncoding: "binary" }],
  ["exc_type: x", { contentType: "application/x-yaml", contentEncoding: "utf-8" }],
])("%j holds no error that can be read", (result, encoding) => {
  expect(readStoredError(result, encoding)).toBeNull();
});

test.each(["x", "'", "\\", "(", "1, ", "E: "])("a megabyte of %j is read in no time", (piece) => {
  const text = `ValueError('${piece.repeat(1_000_000)}')`;
  const startedAt = performance.now();
  const read = readExceptionText(text);
  const stored = readStoredError(
    `{"exc_type": "E", "exc_message": ["${text}"], "exc_module": "x"}`,
    JSON_ROW,
  );
  expect([read, stored].map((parts) => parts && fingerprintError(parts).fingerprint)).not.toContain(null);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
