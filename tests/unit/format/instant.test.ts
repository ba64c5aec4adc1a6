import { describe, expect, it } from "vitest";
import { formatClock, formatInstant, formatZone } from "@/lib/format/instant";

const AT = Date.parse("2026-11-22T18:17:05.042Z");

describe("formatInstant", () => {
  it("writes the reader's own time, whatever the process's zone", () => {
    expect(formatInstant(AT, "Asia/Kathmandu")).toBe("2026-11-23 00:02:05");
    expect(formatInstant(AT, "UTC", { milliseconds: true })).toBe("2026-11-22 18:17:05.042");
  });
});

describe("formatClock", () => {
  it("leaves out the day only when it is today in that zone", () => {
    const now = Date.parse("2026-11-22T20:00:00Z");
    expect(formatClock(AT, "Asia/Kathmandu", now)).toBe("00:02:05");
    expect(formatClock(Date.parse("2026-11-22T18:00:00Z"), "Asia/Kathmandu", now)).toBe("11-22 23:45:00");
    expect(formatClock(Date.parse("2025-11-22T18:00:00Z"), "UTC", now)).toBe("2025-11-22 18:00:00");
  });
});

describe("formatZone", () => {
  it("says the offset, which may change with the season", () => {
    expect(formatZone("Asia/Kathmandu", AT)).toBe("Asia/Kathmandu (UTC+5:45)");
    expect(formatZone("Europe/Berlin", AT)).toBe("Europe/Berlin (UTC+1)");
    expect(formatZone("Europe/Berlin", Date.parse("2026-07-01T00:00:00Z"))).toBe("Europe/Berlin (UTC+2)");
    expect(formatZone("UTC", AT)).toBe("UTC");
  });
});
