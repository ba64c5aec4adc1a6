import { expect, test } from "vitest";
import { chooseArgs, type KnownArgs, sourceOf } from "@/lib/celery/args/choose-args";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import { readStoredArgs, readStoredKwargs } from "@/lib/celery/args/read-stored-args";
import { weakerArgsClass } from "@/lib/celery/args-class";
import type { ExactArgsSource } from "@/lib/celery/args-source";
import { decodeSerialized } from "@/lib/celery/result/decode-serialized";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";

const CUT = `('${"x".repeat(1000)}...', ...`;
const WHOLE = `["${"x".repeat(1500)}", 2]`;

function told(args: string | null, kwargs: string | null = "{}"): KnownArgs {
  return {
    ...{ args: readEventArgs(args), kwargs: readEventKwargs(kwargs) },
    ...{ argsFrom: args === null ? null : "events", kwargsFrom: kwargs === null ? null : "events" },
  };
}

function exact(args: string, source: ExactArgsSource = "redis-backend", kwargs = "{}"): ExactArgs {
  const [argsBytes, kwargsBytes] = [Buffer.from(args), Buffer.from(kwargs)];
  const call = {
    status: "FAILURE",
    worker: "a@b",
    args: decodeSerialized(argsBytes),
    kwargs: decodeSerialized(kwargsBytes),
  };
  return { source, name: "shop.send", ...readBackendArgs(call) };
}

function choose(known: KnownArgs, candidates: readonly ExactArgs[], name: string | null = "shop.send") {
  const chosen = chooseArgs(known, candidates, name);
  return {
    class: weakerArgsClass(chosen.args.class, chosen.kwargs.class),
    from: sourceOf(chosen),
    texts: [chosen.args.text, chosen.kwargs.text],
    reasons: [chosen.args.reason, chosen.kwargs.reason],
  };
}

test("exact values take the place of a cut text", () => {
  expect(choose(told(CUT), [exact(WHOLE)])).toEqual({
    ...{ class: "exact", from: "redis-backend" },
    ...{ texts: [WHOLE, "{}"], reasons: [null, null] },
  });
});

test("exact values take the place of what nothing told", () => {
  expect(choose(told(null, null), [exact("[1]")])).toMatchObject({ class: "exact", from: "redis-backend" });
});

test("a typed text gives way to the typed value that it is", () => {
  const value = '[{"__type__": "decimal", "__value__": "1.50"}]';
  expect(choose(told("(Decimal('1.50'),)"), [exact(value)])).toMatchObject({
    class: "exact",
    texts: [value, "{}"],
  });
});

test("a text that can mean one value only stands, and needs no other source", () => {
  expect(choose(told("(1, 2)"), [exact("[1, 2]")])).toMatchObject({ class: "safe", from: "events" });
});

test("nothing is taken from a source that contradicts what can be read", () => {
  expect(choose(told(CUT, "{'to': 'ann'}"), [exact(WHOLE, "redis-backend", '{"to": "bob"}')])).toMatchObject({
    ...{ class: "lossy", from: "events" },
    reasons: [
      expect.stringMatching(/; the Redis result backend has values that differ from this text$/),
      null,
    ],
  });
  expect(choose(told(CUT), [exact('["y", 2]')])).toMatchObject({ class: "lossy", from: "events" });
});

test("nothing is taken from a task of another name", () => {
  expect(choose(told(CUT), [exact(WHOLE)], "shop.other").reasons[0]).toContain(
    "the Redis result backend has another task, shop.send, under this id",
  );
  expect(choose(told(CUT), [exact(WHOLE)], null)).toMatchObject({ class: "exact" });
});

test("the first source that agrees is taken", () => {
  const captured = exact(WHOLE.replace("2]", "3]"), "captured");
  expect(choose(told(CUT), [captured, exact(WHOLE)])).toMatchObject({ class: "exact", from: "captured" });
  expect(choose(told(CUT), [exact('["y"]', "captured"), exact(WHOLE)])).toMatchObject({
    from: "redis-backend",
  });
});

test("a text in the place of a Decimal is taken from a worker that takes JSON, not from a backend", () => {
  const typed = told("(Decimal('1.50'),)");
  expect(choose(typed, [exact('["1.50"]', "captured")])).toMatchObject({
    class: "exact",
    texts: ['["1.50"]', "{}"],
  });
  expect(choose(typed, [exact('["1.50"]')])).toMatchObject({ class: "typed", from: "events" });
});

test("a step of a chain that never ran has no args in any source", () => {
  const row = { contentType: "application/json", contentEncoding: "utf-8", status: "FAILURE", worker: null };
  const known: KnownArgs = {
    ...{ args: readStoredArgs('"(2,)"', row), kwargs: readStoredKwargs('"{}"', row) },
    ...{ argsFrom: "result-table", kwargsFrom: "result-table" },
  };
  const args = decodeSerialized(Buffer.from("[2]"));
  const call = readBackendArgs({ status: "FAILURE", worker: null, args, kwargs: args });
  expect(choose(known, [{ source: "redis-backend", name: "shop.send", ...call }])).toMatchObject({
    class: "lossy",
  });
});
