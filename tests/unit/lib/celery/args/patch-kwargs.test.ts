import fc from "fast-check";
import { expect, test } from "vitest";
import { type KwargsPatch, patchKwargs } from "@/lib/celery/args/patch-kwargs";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import { isWireObject, type WireObject, type WireValue } from "@/lib/celery/wire-value";
import { hostileText, wireValues } from "../wire-values";

function makeKwargs(json: string): WireObject {
  const read = parseWireJson(json);
  if (!read.ok || !isWireObject(read.value)) throw new Error(`no object: ${json}`);
  return read.value;
}

function makePatch(part: {
  set?: Record<string, string>;
  rename?: Record<string, string>;
  remove?: string[];
}): KwargsPatch {
  const set = Object.entries(part.set ?? {}).map(
    ([name, json]) => [name, makeKwargs(`{"v": ${json}}`).get("v") ?? null] as const,
  );
  return {
    set: new Map(set),
    rename: new Map(Object.entries(part.rename ?? {})),
    remove: new Set(part.remove),
  };
}

function patchJson(json: string, part: Parameters<typeof makePatch>[0]): string {
  const patched = patchKwargs(makeKwargs(json), makePatch(part));
  if (!patched.ok) return `taken: ${patched.taken}`;
  return `${writeWireJson(patched.kwargs)}${patched.isChanged ? "" : " as before"}`;
}

test.each([
  ['{"a": 1.0, "b": 2}', { rename: { a: "c" } }, '{"c": 1.0, "b": 2}'],
  ['{"a": 1, "b": 2}', { remove: ["a"] }, '{"b": 2}'],
  ['{"a": 1, "b": 2}', { set: { a: "null" } }, '{"a": null, "b": 2}'],
  ['{"a": null}', { set: { a: "null" } }, '{"a": null} as before'],
  ['{"b": 2}', { set: { a: "12345678901234567890" } }, '{"b": 2, "a": 12345678901234567890}'],
  ['{"a": 1}', { set: { a: "1.0" } }, '{"a": 1.0}'],
  ['{"a": [1, {"x": 2}]}', { set: { a: '[1, {"x": 2}]' } }, '{"a": [1, {"x": 2}]} as before'],
  ['{"a": 1}', { rename: { x: "y" }, remove: ["z"] }, '{"a": 1} as before'],
  ['{"a": 1, "b": 2}', { rename: { a: "b" } }, "taken: b"],
  ["{}", { set: { a: '"x"' } }, '{"a": "x"}'],
  ["{}", { rename: { a: "b" }, remove: ["c"] }, "{} as before"],
  [
    '{"old": 1, "gone": 2, "keep": 3, "fix": 4}',
    { rename: { old: "new" }, remove: ["gone"], set: { fix: "5", more: "6" } },
    '{"new": 1, "keep": 3, "fix": 5, "more": 6}',
  ],
])("%s patched by %j is %s", (kwargs, part, result) => {
  expect(patchJson(kwargs, part)).toBe(result);
});

/** Kwargs and a patch of which some names are those of kwargs, none named twice. */
function kwargsAndPatch(): fc.Arbitrary<{ kwargs: WireObject; patch: KwargsPatch }> {
  const names = fc.uniqueArray(hostileText(), { minLength: 8, maxLength: 12 });
  return fc
    .tuple(names, fc.array(wireValues(3), { minLength: 12, maxLength: 12 }))
    .chain(([pool, values]) => {
      const kwargs = new Map(pool.slice(0, 5).map((name, at) => [name, values[at] ?? null]));
      return fc.shuffledSubarray(pool, { minLength: 6 }).map((named) => {
        const [set = "", set2 = "", from = "", to = "", gone = "", gone2 = ""] = named;
        const set2Value: WireValue = values[11] ?? null;
        const patch: KwargsPatch = {
          set: new Map([
            [set, values[10] ?? null],
            [set2, set2Value],
          ]),
          rename: new Map([[from, to]]),
          remove: new Set([gone, gone2]),
        };
        return { kwargs, patch };
      });
    });
}

test("a patch never changes anything but the named kwargs, nor their order", () => {
  fc.assert(
    fc.property(kwargsAndPatch(), ({ kwargs, patch }) => {
      const before = writeWireJson(kwargs);
      const patched = patchKwargs(kwargs, patch);
      expect(writeWireJson(kwargs)).toBe(before);
      if (!patched.ok) {
        expect([...patch.rename].some(([from, to]) => kwargs.has(from) && kwargs.has(to))).toBe(true);
        return;
      }
      const named = new Set([...patch.set.keys(), ...[...patch.rename].flat(), ...patch.remove]);
      const others = (all: WireObject) => new Map([...all].filter(([name]) => !named.has(name)));
      expect([...others(patched.kwargs)]).toEqual([...others(kwargs)]);
      for (const [name, value] of patch.set) expect(patched.kwargs.get(name)).toBe(value);
      for (const name of patch.remove) expect(patched.kwargs.has(name)).toBe(false);
      for (const [from, to] of patch.rename) {
        expect(patched.kwargs.has(from)).toBe(false);
        expect(patched.kwargs.get(to)).toBe(kwargs.get(kwargs.has(from) ? from : to));
      }
      expect(patched.isChanged).toBe(writeWireJson(patched.kwargs) !== before);
    }),
    { numRuns: 500 },
  );
});

test("the message that is built of patched kwargs decodes to the same kwargs", () => {
  fc.assert(
    fc.property(kwargsAndPatch(), fc.array(wireValues(2), { maxLength: 3 }), ({ kwargs, patch }, args) => {
      const patched = patchKwargs(kwargs, patch);
      if (!patched.ok) return;
      const reprs = { argsRepr: null, kwargsRepr: null };
      let message: ReturnType<typeof createTaskMessage>;
      try {
        const call = { id: "new", task: "shop.pay", args, kwargs: patched.kwargs, ...reprs, origin: "test" };
        message = createTaskMessage(call);
      } catch (error) {
        // A value that looks like kombu's own is refused, patched or not.
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      const decoded = decodeTaskMessage(
        new Map(Object.entries(message.headers)),
        { contentType: message.contentType, contentEncoding: message.contentEncoding },
        new TextEncoder().encode(message.body),
      );
      expect(decoded.args && writeWireJson(decoded.args)).toBe(writeWireJson(args));
      expect(decoded.kwargs && writeWireJson(decoded.kwargs)).toBe(writeWireJson(patched.kwargs));
    }),
    { numRuns: 300 },
  );
});
