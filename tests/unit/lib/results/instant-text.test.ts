import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInstantText, parseInstantText } from "@/lib/results/instant-text";

const micros = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });

describe("formatInstantText", () => {
  it.each([
    [0n, "1970-01-01 00:00:00"],
    [1n, "1970-01-01 00:00:00.000001"],
    [-1n, "1969-12-31 23:59:59.999999"],
    [1_772_359_200_500_000n, "2026-03-01 10:00:00.5"],
    [10n ** 30n, "9999-12-31 23:59:59.999999"],
    [-(10n ** 30n), "0001-01-01 00:00:00"],
  ])("writes %s as %s", (instant, text) => {
    expect(formatInstantText(instant)).toBe(text);
  });

  it("keeps the order as text, against any way to write the fraction", () => {
    fc.assert(
      fc.property(micros, micros, fc.integer({ min: 0, max: 6 }), (bound, stored, digits) => {
        const text = formatInstantText(stored);
        const [seconds = "", fraction = ""] = text.split(".");
        const padded = fraction.padEnd(Math.max(digits, fraction.length), "0");
        const column = padded === "" ? seconds : `${seconds}.${padded}`;
        expect(column >= formatInstantText(bound)).toBe(stored >= bound);
        expect(column < formatInstantText(bound)).toBe(stored < bound);
      }),
    );
  });
});

describe("parseInstantText", () => {
  it.each([
    ["2026-03-01 10:00:00", 1_772_359_200_000_000n],
    ["2026-03-01 10:00:00.000001", 1_772_359_200_000_001n],
    ["2026-03-01 10:00:00.25", 1_772_359_200_250_000n],
    ["2026-03-01T10:00:00.250000Z", 1_772_359_200_250_000n],
    ["2026-03-01 10:00:00+00:00", 1_772_359_200_000_000n],
    ["0001-01-01 00:00:00", -62_135_596_800_000_000n],
  ])("reads %s", (text, instant) => {
    expect(parseInstantText(text)).toBe(instant);
  });

  it.each([null, "", "yesterday", "2026-03-01", "2026-03-01 10:00:00+05:45", "' OR 1=1"])(
    "takes %s for no instant",
    (text) => {
      expect(parseInstantText(text)).toBeNull();
    },
  );

  it("reads back what formatInstantText wrote", () => {
    fc.assert(fc.property(micros, (instant) => parseInstantText(formatInstantText(instant)) === instant));
  });
});
