import { expect, test } from "vitest";
import { z } from "zod";
import { readCursor, writeCursor } from "@/lib/http/cursor";

const schema = z.tuple([z.number(), z.string()]);

test("a cursor reads back as it was written", () => {
  expect(readCursor(writeCursor([1_795_000_000_000, "id"]), schema)).toEqual([1_795_000_000_000, "id"]);
});

test.each(["", "x", "bnVsbA", writeCursor(["a", "b"]), writeCursor([1])])("%j is refused", (cursor) => {
  expect(() => readCursor(cursor, schema)).toThrow("cursor: takes the nextCursor");
});
