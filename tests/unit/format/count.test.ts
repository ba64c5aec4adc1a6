import { describe, expect, it } from "vitest";
import { formatBoundedCount } from "@/lib/format/count";

describe("formatBoundedCount", () => {
  it.each([
    [{ count: 1_204, exact: true }, "1,204"],
    [{ count: 1_204, exact: true, estimate: null }, "1,204"],
    [{ count: 100_000, exact: false }, "100,000+"],
    [{ count: 100_000, exact: false, estimate: null }, "100,000+"],
    [{ count: 100_000, exact: false, estimate: 1_234_567 }, "about 1.2 million"],
    [{ count: 100_000, exact: false, estimate: 9_999_591 }, "about 10 million"],
    [{ count: 0, exact: false, estimate: 123_456 }, "about 120 thousand"],
  ])("writes %j as %s", (count, text) => {
    expect(formatBoundedCount(count)).toBe(text);
  });
});
