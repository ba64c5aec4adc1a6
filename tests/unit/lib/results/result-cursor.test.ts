import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { decodeResultCursor, encodeResultCursor } from "@/lib/results/result-cursor";
import { RESULT_SORTS } from "@/lib/results/results";

describe("a result cursor", () => {
  it("comes back as it was, through the characters of a URL", () => {
    const cursors = fc.record({
      sort: fc.constantFrom(...RESULT_SORTS),
      value: fc.option(fc.string({ unit: "grapheme" })),
      rowId: fc.bigInt({ min: 0n, max: 2n ** 63n }).map(String),
    });
    fc.assert(
      fc.property(cursors, (cursor) => {
        const text = encodeResultCursor(cursor);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeResultCursor(text, cursor.sort)).toEqual(cursor);
      }),
    );
  });

  it.each(["", "abc", "%%%", "bnVsbA", Buffer.from('["name","x"]').toString("base64url")])(
    "is refused when it is malformed: %j",
    (text) => {
      expect(() => decodeResultCursor(text, "name")).toThrow(
        expect.objectContaining({ code: "bad_request" }),
      );
      expect(() => decodeResultCursor(text, "name")).toThrow(/^cursor: is not one that this list gave/);
    },
  );

  it("is refused by a list in another order", () => {
    const text = encodeResultCursor({ sort: "name", value: "a", rowId: "1" });
    expect(() => decodeResultCursor(text, "finishedAt")).toThrow(AppError);
    expect(() => decodeResultCursor(text, "finishedAt")).toThrow(/sorted by name/);
  });
});
