import { describe, expect, it } from "vitest";
import {
  readEventsCursor,
  readResultsCursor,
  writeEventsCursor,
  writeResultsCursor,
} from "@/lib/history/history-cursor";

const RESULT = { sort: "name", value: "a", rowId: "7" } as const;
const STORED = { sort: "-runtime", value: 1.5, sortAt: 12, id: "é" } as const;

describe("a cursor of the history", () => {
  it("comes back as it was", () => {
    expect(readResultsCursor(writeResultsCursor(RESULT), "name")).toEqual(RESULT);
    expect(readEventsCursor(writeEventsCursor(STORED), "-runtime")).toEqual(STORED);
  });

  it("is refused by another list", () => {
    const refused = expect.objectContaining({
      code: "bad_request",
      message: expect.stringMatching(/^cursor: /),
    });
    expect(() => readResultsCursor(writeEventsCursor(STORED), "-runtime")).toThrow(refused);
    expect(() => readEventsCursor(writeResultsCursor(RESULT), "name")).toThrow(refused);
    expect(() => readEventsCursor(writeEventsCursor(STORED), "name")).toThrow(refused);
    expect(() => readResultsCursor(writeResultsCursor(RESULT), "-runtime")).toThrow(refused);
  });

  it.each(["", "e", "r", "e!!", `e${Buffer.from('["name"]').toString("base64url")}`])(
    "is refused as %j",
    (text) => {
      expect(() => readEventsCursor(text, "name")).toThrow(/^cursor: /);
      expect(() => readResultsCursor(text, "name")).toThrow(/^cursor: /);
    },
  );
});
