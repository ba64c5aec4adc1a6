import { describe, expect, it } from "vitest";
import { readArgsText } from "@/components/redispatch/read-args-text";

describe("readArgsText", () => {
  it("takes a list or tuple for args and a dict for kwargs, and keeps numbers as written", () => {
    expect(readArgsText("(1.0, 10000000000000000001)", "args")).toEqual({
      ok: true,
      json: "[1.0, 10000000000000000001]",
      isTyped: false,
      mayBeCut: false,
    });
    expect(readArgsText("  {}", "args")).toMatchObject({ ok: false, position: 2 });
    expect(readArgsText("[]", "kwargs")).toMatchObject({ ok: false, position: 0 });
    expect(readArgsText("'EUR'")).toMatchObject({ ok: true, json: '"EUR"' });
  });

  it("refuses what stands for a hidden value", () => {
    expect(readArgsText("{'token': '***'}", "kwargs")).toEqual({
      ok: false,
      reason: "*** only stands for a hidden value: write the value",
      position: 11,
    });
  });

  it("tells typed values, and texts that end as Celery ends what it cuts", () => {
    expect(readArgsText("[[Decimal('1')]]", "args")).toMatchObject({ isTyped: true, mayBeCut: false });
    expect(readArgsText("{'a': ['Dear customer...']}", "kwargs")).toMatchObject({ mayBeCut: true });
  });
});
