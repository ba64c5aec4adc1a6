import { describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { decodeResultMeta } from "@/lib/celery/result/decode-result-meta";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";

/** As Celery 5.7.0 stored it, shortened. */
const FAILED = {
  status: "FAILURE",
  result: { exc_type: "ValueError", exc_message: ["boom", 42], exc_module: "builtins" },
  traceback: "Traceback (most recent call last):\n",
  children: [],
  date_done: "2026-11-27T00:30:26.266336+00:00",
  name: "app.fail",
  args: [{ __type__: "decimal", __value__: "1.50" }, [[[[1]]]]],
  kwargs: { k: null },
  worker: "w@h",
  retries: 1,
  queue: "celery",
  task_id: "10028b6d",
};

function decode(part: object = {}) {
  return decodeResultMeta(Buffer.from(JSON.stringify({ ...FAILED, ...part })));
}

function argsOf(meta: ReturnType<typeof decode>) {
  if (meta === null) throw new Error("it must be readable");
  const { args, kwargs } = readBackendArgs(meta);
  return [
    args.class,
    args.value && writeWireJson(args.value),
    kwargs.class,
    kwargs.value && writeWireJson(kwargs.value),
  ];
}

test("an entry is read whole, typed values as they are", () => {
  expect(decode()).toMatchObject({
    ...{
      taskId: "10028b6d",
      status: "FAILURE",
      name: "app.fail",
      worker: "w@h",
      queue: "celery",
      retries: 1,
    },
    ...{ traceback: FAILED.traceback, doneAt: 1_795_739_426_266, parentId: null },
  });
  expect(argsOf(decode())).toEqual([
    "exact",
    '[{"__type__": "decimal", "__value__": "1.50"}, [[[[1]]]]]',
    "exact",
    '{"k": null}',
  ]);
});

test("numbers keep every digit", () => {
  const text = JSON.stringify(FAILED).replace(
    '"args":',
    '"args": [NaN, 10000000000000000000000000, 1.0], "was":',
  );
  expect(argsOf(decodeResultMeta(Buffer.from(text)))[1]).toBe("[NaN, 10000000000000000000000000, 1.0]");
});

test("a time without an offset is UTC, as Celery before 5.4 wrote it", () => {
  expect(decode({ date_done: "2026-11-27T00:30:37.463889" })?.doneAt).toBe(1_795_739_437_463);
  expect(decode({ date_done: "2026-11-26T19:30:37.463889-05:00" })?.doneAt).toBe(1_795_739_437_463);
  expect(decode({ date_done: null })?.doneAt).toBeNull();
});

test("without result_extended nothing is known of the args", () => {
  const { args: _args, kwargs: _kwargs, name: _name, worker: _worker, ...bare } = FAILED;
  const meta = decodeResultMeta(Buffer.from(JSON.stringify({ ...bare, status: "SUCCESS" })));
  expect(argsOf(meta)).toEqual(["unknown", null, "unknown", null]);
});

test("args of a step that never ran are not taken", () => {
  expect(argsOf(decode({ worker: null }))).toEqual(["unknown", null, "unknown", null]);
  expect(argsOf(decode({ worker: null, status: "REVOKED" }))[0]).toBe("exact");
});

test("args that are no list are not taken", () => {
  expect(argsOf(decode({ args: { a: 1 }, kwargs: [1] }))).toEqual(["lossy", null, "lossy", null]);
});

describe("what can't be read is null", () => {
  test.each(["", "null", "[]", '"text"', "{", "status: SUCCESS\n", "{}\n", "\x81\xa6status"])(
    "%j",
    (text) => {
      expect(decodeResultMeta(Buffer.from(text, "latin1"))).toBeNull();
    },
  );
});

test("a pickled entry is read field by field: a pickled exception hides nothing", () => {
  // pickle.dumps({"status": "FAILURE", "result": ValueError("boom"), "args": (1, [2, "x"]), "kwargs": {"k": {1}},
  //   "worker": "w@h", "task_id": "t"}, protocol=4)
  const pickle = Buffer.from(PICKLED, "base64");
  const meta = decodeResultMeta(pickle);
  expect(meta).toMatchObject({ status: "FAILURE", result: null, taskId: "t", worker: "w@h" });
  expect(argsOf(meta)).toEqual(["exact", '[1, [2, "x"]]', "unknown", null]);
  expect(meta && readBackendArgs(meta).kwargs.reason).toBe("a set, which JSON doesn't have");
});

const PICKLED =
  "gASVjgAAAAAAAAB9lCiMBnN0YXR1c5SMB0ZBSUxVUkWUjAZyZXN1bHSUjAhidWlsdGluc5SMClZhbHVlRXJyb3KUk5SMBGJvb22UhZRSlIwEYXJnc5RLAV2UKEsCjAF4lGWGlIwGa3dhcmdzlH2UjAFrlI+UKEsBkHOMBndvcmtlcpSMA3dAaJSMB3Rhc2tfaWSUjAF0lHUu";
