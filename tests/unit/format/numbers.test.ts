import { describe, expect, it } from "vitest";
import { formatAge } from "@/lib/format/age";
import { formatBytes } from "@/lib/format/bytes";
import { formatBoundedCount, formatCompactCount, formatCounted } from "@/lib/format/count";
import { formatShortId } from "@/lib/format/id";
import { formatRate, formatShare } from "@/lib/format/rate";

describe("counts", () => {
  it("says when a count was capped", () => {
    expect(formatBoundedCount({ count: 100_000, exact: false })).toBe("100,000+");
    expect(formatBoundedCount({ count: 1204, exact: true })).toBe("1,204");
  });

  it("shortens for narrow places", () => {
    expect([999, 1050, 12_340, 34_560_000].map(formatCompactCount)).toEqual([
      "999",
      "1,050",
      "12.3K",
      "34.6M",
    ]);
  });

  it("counts nouns", () => {
    expect([
      formatCounted(1, "task"),
      formatCounted(0, "task"),
      formatCounted(2, "retry", "retries"),
    ]).toEqual(["1 task", "0 tasks", "2 retries"]);
  });
});

describe("rates and shares", () => {
  it("keeps as many digits as tell something", () => {
    expect([0, 0.25, 12.34, 1204.4].map(formatRate)).toEqual(["0/s", "0.25/s", "12.3/s", "1,204/s"]);
  });

  it("never rounds an incomplete share up to 100%", () => {
    expect(formatShare(3999, 4000)).toBe("99.9%");
    expect(formatShare(1, 4000)).toBe("<1%");
    expect(formatShare(0, 4000)).toBe("0%");
    expect(formatShare(4, 4)).toBe("100%");
    expect(formatShare(0, 0)).toBeNull();
  });
});

describe("ages, sizes, ids", () => {
  it("takes a clock that is a little ahead for now", () => {
    const now = Date.parse("2026-11-23T10:00:00Z");
    const ago = (seconds: number) => formatAge(now - seconds * 1000, now);
    expect([-3, 2, 12, 200, 7200, 90_000, -200].map(ago)).toEqual([
      "just now",
      "just now",
      "12 s ago",
      "3 min ago",
      "2 h ago",
      "1 d ago",
      "in 3 min",
    ]);
  });

  it("writes sizes in binary steps", () => {
    expect([0, 512, 1536, 134_217_728].map(formatBytes)).toEqual(["0 B", "512 B", "1.5 KB", "128 MB"]);
  });

  it("shortens UUIDs and leaves short ids alone", () => {
    expect(formatShortId("3fae6e53-5f36-4a3e-9a41-000000000000")).toBe("3fae6e53…");
    expect(formatShortId("order/42 ä")).toBe("order/42 ä");
  });
});
