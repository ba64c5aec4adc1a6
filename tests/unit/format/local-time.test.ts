import { describe, expect, it } from "vitest";
import { readLocalTime, startOfLocalDay, toLocalTime } from "@/lib/format/local-time";

// The tests run in Asia/Kathmandu, UTC+5:45.
const AT = Date.parse("2026-11-22T18:17:05.000Z");

describe("local time", () => {
  it("reads what the wall shows, and shows it again", () => {
    expect(toLocalTime(AT)).toEqual({ date: "2026-11-23", time: "00:02:05" });
    expect(readLocalTime({ date: "2026-11-23", time: "00:02:05" })).toBe(AT);
    expect(readLocalTime({ date: "2026-11-23", time: "00:02" })).toBe(AT - 5000);
  });

  it.each([
    ["2026-02-31", "10:00"],
    ["2026-13-01", "10:00"],
    ["", "10:00"],
    ["2026-01-01", ""],
    ["2026-01-01", "10:00:00Z"],
  ])("refuses %s %s", (date, time) => {
    expect(readLocalTime({ date, time })).toBeNull();
  });

  it("begins a day at its own midnight", () => {
    expect(new Date(startOfLocalDay(AT)).toISOString()).toBe("2026-11-22T18:15:00.000Z");
    expect(new Date(startOfLocalDay(AT, -1)).toISOString()).toBe("2026-11-21T18:15:00.000Z");
  });
});
