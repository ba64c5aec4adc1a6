import type { TextCursor } from "../text-cursor";
import { createTypedValue } from "../typed-value";
import type { WireObject } from "../wire-value";
import { formatIsoDate, formatIsoTime, isCalendarDate, isClockTime } from "./iso-time";

/**
 * Reads a Decimal, UUID, datetime, date or time as `repr` writes it, into kombu's typed object; null, and no move, when
 * none is here or its parts make no such value: a worker drops a message with a value that it can't rebuild.
 */
export function readTypedLiteral(cursor: TextCursor): WireObject | null {
  const start = cursor.at;
  for (const [pattern, build] of TYPES) {
    const groups = cursor.match(pattern)?.groups;
    if (groups === undefined) continue;
    const value = build(groups);
    if (value === null) cursor.at = start;
    return value;
  }
  return null;
}

type Groups = Readonly<Record<string, string | undefined>>;

const HOUR_TO_MICROS = "(?<hour>\\d+), (?<minute>\\d+)(?:, (?<second>\\d+)(?:, (?<micros>\\d+))?)?";
/** Spellings of UTC: the standard library, pytz, zoneinfo, dateutil. Other zones have no offset in their repr. */
const UTC = "datetime\\.timezone\\.utc|<UTC>|zoneinfo\\.ZoneInfo\\(key='UTC'\\)|tzutc\\(\\)";
const FIXED =
  "datetime\\.timezone\\(datetime\\.timedelta\\((?<minusDay>days=-1, )?seconds=(?<offset>\\d{1,5})\\)\\)";
/** `fold` comes before the zone in a datetime and after it in a time; an ISO text, so JSON, has none. */
const FOLD = "(?:, fold=1)?";
const ZONE = `${FOLD}(?:, tzinfo=(?:(?<utc>${UTC})|${FIXED}))?${FOLD}`;

const TYPES: readonly (readonly [RegExp, (groups: Groups) => WireObject | null])[] = [
  [
    /Decimal\('(?<text>-?(?:\d+(?:\.\d+)?(?:E[+-]?\d{1,12})?|Infinity|s?NaN\d*))'\)/y,
    ({ text = "" }) => createTypedValue("decimal", text),
  ],
  [
    /UUID\('(?<text>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'\)/y,
    ({ text = "" }) => createTypedValue("uuid", new Map([["hex", text.replaceAll("-", "")]])),
  ],
  [
    new RegExp(
      `datetime\\.datetime\\((?<year>\\d+), (?<month>\\d+), (?<day>\\d+), ${HOUR_TO_MICROS}${ZONE}\\)`,
      "y",
    ),
    buildDatetime,
  ],
  [/datetime\.date\((?<year>\d+), (?<month>\d+), (?<day>\d+)\)/y, buildDate],
  [new RegExp(`datetime\\.time\\(${HOUR_TO_MICROS}${ZONE}\\)`, "y"), buildTime],
];

function buildDatetime(groups: Groups): WireObject | null {
  const date = toDate(groups);
  const time = toTime(groups);
  if (!isCalendarDate(date) || !isClockTime(time)) return null;
  return createTypedValue("datetime", `${formatIsoDate(date)}T${formatIsoTime(time)}`);
}

function buildDate(groups: Groups): WireObject | null {
  const date = toDate(groups);
  return isCalendarDate(date) ? createTypedValue("date", formatIsoDate(date)) : null;
}

function buildTime(groups: Groups): WireObject | null {
  const time = toTime(groups);
  return isClockTime(time) ? createTypedValue("time", formatIsoTime(time)) : null;
}

function toDate({ year, month, day }: Groups) {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

function toTime({ hour, minute, second = "0", micros = "0", utc, offset, minusDay }: Groups) {
  const eastSeconds = Number(offset ?? 0) - (minusDay === undefined ? 0 : 86_400);
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    micros: Number(micros),
    offsetSeconds: utc !== undefined ? 0 : offset !== undefined ? eastSeconds : null,
  };
}
