/** A calendar date as Python's `date` holds it. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A time of day as Python's `time` holds it; `offsetSeconds` is east of UTC, null for a naive one. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micros: number;
  readonly offsetSeconds: number | null;
}

/** Says whether Python could hold this date: years 1 to 9999, days that exist. */
export function isCalendarDate({ year, month, day }: CalendarDate): boolean {
  if (!isWithin(year, 1, 9999) || !isWithin(month, 1, 12)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return isWithin(day, 1, days[month - 1] ?? 0);
}

/** Says whether Python could hold this time: no leap seconds, an offset of less than a day. */
export function isClockTime({ hour, minute, second, micros, offsetSeconds }: ClockTime): boolean {
  return (
    isWithin(hour, 0, 23) &&
    isWithin(minute, 0, 59) &&
    isWithin(second, 0, 59) &&
    isWithin(micros, 0, 999_999) &&
    (offsetSeconds === null || isWithin(offsetSeconds, -86_399, 86_399))
  );
}

/** Python's `date.isoformat()`. */
export function formatIsoDate({ year, month, day }: CalendarDate): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** Python's `time.isoformat()`: microseconds only when there are any, the offset's seconds likewise. */
export function formatIsoTime({ hour, minute, second, micros, offsetSeconds }: ClockTime): string {
  const fraction = micros === 0 ? "" : `.${pad(micros, 6)}`;
  const offset = offsetSeconds === null ? "" : formatOffset(offsetSeconds);
  return `${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}${offset}`;
}

function formatOffset(offsetSeconds: number): string {
  const distance = Math.abs(offsetSeconds);
  const seconds = distance % 60 === 0 ? "" : `:${pad(distance % 60)}`;
  const sign = offsetSeconds < 0 ? "-" : "+";
  return `${sign}${pad(Math.floor(distance / 3600))}:${pad(Math.floor((distance % 3600) / 60))}${seconds}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
