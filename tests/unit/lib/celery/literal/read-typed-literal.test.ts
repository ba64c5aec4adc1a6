import { describe, expect, test } from "vitest";
import { readTypedLiteral } from "@/lib/celery/literal/read-typed-literal";
import { TextCursor } from "@/lib/celery/text-cursor";

function read(text: string) {
  const cursor = new TextCursor(text);
  const value = readTypedLiteral(cursor);
  if (value === null) expect(cursor.at).toBe(0);
  else expect(cursor.atEnd).toBe(true);
  return value === null ? null : [value.get("__type__"), value.get("__value__")];
}

// Left: repr() of CPython 3.11; right: what kombu 5.6 writes for the same value.
describe("readTypedLiteral", () => {
  test.each([
    ["Decimal('-1.50')", "decimal", "-1.50"],
    ["Decimal('1E+5')", "decimal", "1E+5"],
    ["Decimal('-Infinity')", "decimal", "-Infinity"],
    ["Decimal('-sNaN12')", "decimal", "-sNaN12"],
    ["datetime.date(2024, 2, 29)", "date", "2024-02-29"],
    ["datetime.time(0, 0)", "time", "00:00:00"],
    ["datetime.time(1, 2, 3, 4)", "time", "01:02:03.000004"],
    ["datetime.time(3, 4, 5, tzinfo=datetime.timezone.utc, fold=1)", "time", "03:04:05+00:00"],
    ["datetime.datetime(1, 1, 1, 0, 0)", "datetime", "0001-01-01T00:00:00"],
    ["datetime.datetime(2024, 1, 2, 0, 0, 0, 7)", "datetime", "2024-01-02T00:00:00.000007"],
    [
      "datetime.datetime(2024, 1, 2, 3, 4, 5, fold=1, tzinfo=datetime.timezone.utc)",
      "datetime",
      "2024-01-02T03:04:05+00:00",
    ],
    ["datetime.datetime(2024, 1, 2, 0, 0, tzinfo=<UTC>)", "datetime", "2024-01-02T00:00:00+00:00"],
    [
      "datetime.datetime(2024, 1, 2, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='UTC'))",
      "datetime",
      "2024-01-02T00:00:00+00:00",
    ],
    [
      "datetime.datetime(2024, 1, 2, 0, 0, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=65700)))",
      "datetime",
      "2024-01-02T00:00:00-05:45",
    ],
    [
      "datetime.time(1, 0, 3, tzinfo=datetime.timezone(datetime.timedelta(seconds=61)))",
      "time",
      "01:00:03+00:01:01",
    ],
  ])("reads %s", (text, type, value) => {
    expect(read(text)).toEqual([type, value]);
  });

  test("reads a UUID", () => {
    expect(read("UUID('12345678-9abc-def0-1234-56789abcdef0')")).toEqual([
      "uuid",
      new Map([["hex", "123456789abcdef0123456789abcdef0"]]),
    ]);
  });

  // A worker that can't rebuild the value drops the whole message (celery-wire A.6).
  test.each([
    "Decimal('abc')",
    "Decimal('1E+9999999999999')",
    "UUID('1234')",
    "datetime.date(2023, 2, 29)",
    "datetime.date(0, 1, 1)",
    "datetime.date(2024, 13, 1)",
    "datetime.time(24, 0)",
    "datetime.time(1, 60)",
    "datetime.datetime(2024, 1, 2, 3, 4, 5, 1000000)",
    "datetime.datetime(2024, 1, 2)",
    "datetime.datetime(2024, 1, 2, 3, 4, tzinfo=datetime.timezone(datetime.timedelta(seconds=86400)))",
    "datetime.datetime(2024, 1, 2, 3, 4, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))",
    "datetime.datetime(2024, 1, 2, 3, 4, tzinfo=<DstTzInfo 'Europe/Berlin' CET+1:00:00 STD>)",
    "datetime.timedelta(days=1)",
    "date(2024, 1, 2)",
  ])("leaves %s alone", (text) => {
    expect(read(text)).toBeNull();
  });
});
