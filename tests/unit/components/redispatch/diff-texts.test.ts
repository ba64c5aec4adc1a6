import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts } from "@/components/redispatch/diff-texts";

describe("diffTexts", () => {
  it("marks whole values, removed before added", () => {
    expect(diffTexts('{"currency": "EUR", "n": 12}', '{"currency": "USD", "n": 13}')).toEqual([
      { kind: "same", text: '{"currency": ' },
      { kind: "removed", text: '"EUR"' },
      { kind: "added", text: '"USD"' },
      { kind: "same", text: ', "n": ' },
      { kind: "removed", text: "12" },
      { kind: "added", text: "13" },
      { kind: "same", text: "}" },
    ]);
  });

  it("says nothing of equal texts but the text", () => {
    expect(diffTexts("[1]", "[1]")).toEqual([{ kind: "same", text: "[1]" }]);
  });

  it("shows a large difference as one, without standing still", () => {
    const list = (from: number) => `[${Array.from({ length: 3000 }, (_, index) => index * 2 + from)}]`;
    expect(diffTexts(list(0), list(1)).length).toBeLessThan(6);
  });

  it("holds both texts", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "'", ",", " ", "1", "[", "]") });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffTexts(before, after);
        const join = (without: string) =>
          pieces.flatMap((piece) => (piece.kind === without ? [] : [piece.text])).join("");
        expect([join("added"), join("removed")]).toEqual([before, after]);
      }),
    );
  });
});
