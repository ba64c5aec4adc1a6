import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indentLiteral } from "@/lib/format/indent-literal";
import { tokenizeLiteral } from "@/lib/format/literal-tokens";

describe("indentLiteral", () => {
  it("leaves what fits on a line alone", () => {
    expect(indentLiteral("('order-7', 1.0, {'a': None})")).toBe("('order-7', 1.0, {'a': None})");
  });

  it("breaks only the levels that are too wide", () => {
    const note = "x".repeat(70);
    expect(indentLiteral(`{"id": 90071992547409931, "lines": [1, 2], "note": "${note}"}`)).toBe(
      `{\n  "id": 90071992547409931,\n  "lines": [1, 2],\n  "note": "${note}"\n}`,
    );
  });

  it("keeps the comma of a tuple of one, and brackets in strings", () => {
    const text = `'${"(".repeat(90)}'`;
    expect(indentLiteral(`(${text},)`)).toBe(`(\n  ${text},\n)`);
  });

  it("reads what was cut in the middle", () => {
    expect(indentLiteral(`['${"a".repeat(90)}', {'b': 'cut…`)).toBe(
      `[\n  '${"a".repeat(90)}',\n  {\n    'b': 'cut…`,
    );
  });

  it("changes nothing but white space, whatever the text", () => {
    const text = fc.string({ unit: fc.constantFrom(..."()[]{}'\"\\, a1.:\n"), maxLength: 400 });
    fc.assert(fc.property(text, (any) => withoutSpace(indentLiteral(any)) === withoutSpace(any)));
  });

  it("stays quick on hostile nesting", () => {
    const deep = "[".repeat(100_000);
    const start = performance.now();
    expect(withoutSpace(indentLiteral(deep))).toBe(deep);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("tokenizeLiteral", () => {
  it("tells strings, numbers and keywords apart", () => {
    const tokens = tokenizeLiteral("{'a': None, 'b': -1.5e3, x: Decimal('1')}").filter(
      (token) => token.kind !== "plain",
    );
    expect(tokens.map((token) => `${token.kind} ${token.text}`)).toEqual([
      "string 'a'",
      "keyword None",
      "string 'b'",
      "number -1.5e3",
      "string '1'",
    ]);
  });

  it("adds up to the text again", () => {
    fc.assert(
      fc.property(
        fc.string(),
        (any) =>
          tokenizeLiteral(any)
            .map((token) => token.text)
            .join("") === any,
      ),
    );
  });
});

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, "");
}
