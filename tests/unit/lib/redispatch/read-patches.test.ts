import { expect, test } from "vitest";
import { readPatches } from "@/lib/redispatch/read-patches";
import type { StoredPatch } from "@/lib/store/batch-record";

const EMPTY: StoredPatch = { name: "shop.pay", set: {}, rename: {}, remove: [] };

test("a patch is read with its values as they were written", () => {
  const patch = { ...EMPTY, set: { amount: "1.50", note: '"é"' }, rename: { a: "b" }, remove: ["old"] };
  const read = readPatches([patch]).get("shop.pay");
  expect(read?.set.get("amount")).toEqual({ text: "1.50" });
  expect(read?.set.get("note")).toBe("é");
  expect(read?.rename).toEqual(new Map([["a", "b"]]));
  expect(read?.remove).toEqual(new Set(["old"]));
  expect(readPatches([]).size).toBe(0);
});

test.each([
  [[EMPTY], "patches.0: sets, renames and removes nothing"],
  [
    [
      { ...EMPTY, remove: ["a"] },
      { ...EMPTY, remove: ["b"] },
    ],
    "patches.1.name: there is one patch of shop.pay already",
  ],
  [[{ ...EMPTY, set: { a: "[1" } }], "patches.0.set.a: the JSON text ends early at character 2"],
  [[{ ...EMPTY, set: { a: "" } }], "patches.0.set.a: the JSON text ends early at character 0"],
  [[{ ...EMPTY, set: { a: '"***"' } }], 'patches.0.set.a: holds "***"'],
  [[{ ...EMPTY, set: { a: '{"b": [{"c": "***"}]}' } }], 'patches.0.set.a: holds "***"'],
  [[{ ...EMPTY, set: { a: "1" }, remove: ["a"] }], "patches.0: names the kwarg a twice"],
  [[{ ...EMPTY, rename: { a: "b", b: "c" } }], "patches.0: names the kwarg b twice"],
  [[{ ...EMPTY, rename: { a: "a" } }], "patches.0: names the kwarg a twice"],
  [[{ ...EMPTY, remove: ["a", "a"] }], "patches.0: names the kwarg a twice"],
])("%j is refused", (patches, message) => {
  expect(() => readPatches(patches)).toThrow(message);
});
