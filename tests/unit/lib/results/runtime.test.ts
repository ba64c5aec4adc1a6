import { describe, expect, it } from "vitest";
import { getRuntimeMicros, plausibleStart } from "@/lib/results/runtime";

const SECOND = 1_000_000n;
const HOUR = 3_600n * SECOND;

describe("plausibleStart", () => {
  it("takes a start between the first and the last write, give or take ten minutes", () => {
    expect(plausibleStart({ createdAt: 0n, startedAt: SECOND, doneAt: HOUR })).toBe(SECOND);
    expect(plausibleStart({ createdAt: HOUR, startedAt: HOUR - 600n * SECOND, doneAt: HOUR })).toBe(
      HOUR - 600n * SECOND,
    );
  });

  it("takes none that is in another time zone, or unknown", () => {
    expect(plausibleStart({ createdAt: HOUR, startedAt: 0n, doneAt: HOUR })).toBeNull();
    expect(plausibleStart({ createdAt: 0n, startedAt: HOUR, doneAt: 0n })).toBeNull();
    expect(plausibleStart({ createdAt: 0n, startedAt: null, doneAt: 0n })).toBeNull();
  });
});

describe("getRuntimeMicros", () => {
  it("is known for ended tasks only, and never negative", () => {
    expect(getRuntimeMicros({ status: "SUCCESS", startedAt: 1n, doneAt: SECOND })).toBe(SECOND - 1n);
    expect(getRuntimeMicros({ status: "SUCCESS", startedAt: SECOND, doneAt: 0n })).toBe(0n);
    expect(getRuntimeMicros({ status: "STARTED", startedAt: 0n, doneAt: SECOND })).toBeNull();
    expect(getRuntimeMicros({ status: "FAILURE", startedAt: null, doneAt: SECOND })).toBeNull();
  });
});
