import { describe, expect, it } from "vitest";
import { formatDuration, formatWholeDuration } from "@/lib/format/duration";

describe("formatDuration", () => {
  it.each([
    [-1, "0 s"],
    [0, "0 s"],
    [0.0004, "<1 ms"],
    [0.042, "42 ms"],
    [0.0996, "0.1 s"],
    [1, "1 s"],
    [1.351, "1.35 s"],
    [9.996, "10 s"],
    [42.13, "42.1 s"],
    [59.96, "1 min"],
    [60, "1 min"],
    [252, "4 min 12 s"],
    [3599.7, "1 h"],
    [3840, "1 h 04 min"],
    [86_399, "23 h 59 min"],
    [183_600, "2 d 3 h"],
  ])("writes %d s as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatWholeDuration", () => {
  it("counts whole seconds down to zero", () => {
    expect([4.9, 59.99, 61, -3].map(formatWholeDuration)).toEqual(["4 s", "59 s", "1 min 1 s", "0 s"]);
  });
});
