import { describe, expect, it } from "vitest";
import { buildPatch, type PatchRow, toPatchRows } from "@/components/redispatch/patch-rows";

describe("buildPatch", () => {
  it("makes one patch of the rows, and leaves out those that nobody filled in", () => {
    const { patch, errors } = buildPatch("shop.charge", [
      row(0, "set", "currency", "'EUR'"),
      row(1, "rename", " token ", "card_token"),
      row(2, "remove", "attempt", ""),
      row(3, "set", "", ""),
    ]);
    expect(errors.size).toBe(0);
    expect(patch).toEqual({
      name: "shop.charge",
      set: { currency: '"EUR"' },
      rename: { token: "card_token" },
      remove: ["attempt"],
    });
  });

  it.each<[string, PatchRow[], [number, string][]]>([
    ["no kwarg", [row(0, "set", "", "1")], [[0, "Which kwarg?"]]],
    ["no value", [row(0, "set", "a", "")], [[0, 'Which value? Text goes in quotes: "EUR"']]],
    ["a bare word", [row(0, "set", "a", "EUR")], [[0, 'text without quotes: write "EUR", at character 1']]],
    ["no new name", [row(0, "rename", "a", "")], [[0, "Which new name?"]]],
    ["its own name", [row(0, "rename", "a", "a")], [[0, "It has this name already"]]],
    [
      "a name twice",
      [row(0, "rename", "a", "b"), row(1, "set", "b", "1")],
      [[1, "b is changed above already"]],
    ],
  ])("names the row that can't be read: %s", (_what, rows, expected) => {
    const { patch, errors } = buildPatch("shop.charge", rows);
    expect(patch).toBeNull();
    expect([...errors]).toEqual(expected);
  });

  it("changes nothing while nothing is filled in", () => {
    expect(buildPatch("shop.charge", [row(0, "set", "", "")])).toEqual({ patch: null, errors: new Map() });
  });
});

describe("toPatchRows", () => {
  it("gives back the rows of a patch", () => {
    const { patch } = buildPatch("shop.charge", [row(0, "set", "a", "1"), row(1, "rename", "b", "c")]);
    expect(patch && toPatchRows(patch)).toEqual([row(0, "set", "a", "1"), row(1, "rename", "b", "c")]);
  });
});

function row(key: number, action: PatchRow["action"], name: string, text: string): PatchRow {
  return { key, action, name, text };
}
