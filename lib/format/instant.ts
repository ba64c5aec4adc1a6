/** Date, time and zone of an instant in the reader's zone. */
interface InstantParts {
  date: string;
  time: string;
  milliseconds: string;
}

/** `2026-11-23 10:02:31` in `zone`, an IANA name; milliseconds on request. `at` is epoch ms. */
export function formatInstant(at: number, zone: string, options: { milliseconds?: boolean } = {}): string {
  const { date, time, milliseconds } = splitInstant(at, zone);
  return options.milliseconds ? `${date} ${time}.${milliseconds}` : `${date} ${time}`;
}

/** The time of day in `zone`, with the date in front when it is not the day of `now`: `10:02:31`, `11-22 10:02:31`. */
export function formatClock(at: number, zone: string, now: number): string {
  const { date, time } = splitInstant(at, zone);
  const today = splitInstant(now, zone).date;
  if (date === today) return time;
  const sameYear = date.slice(0, 4) === today.slice(0, 4);
  return `${sameYear ? date.slice(5) : date} ${time}`;
}

/** A zone as the reader knows it, with its offset at `at`: `Asia/Kathmandu (UTC+5:45)`, `UTC`. */
export function formatZone(zone: string, at: number): string {
  if (zone === "UTC") return zone;
  const parts = offsetFormatter(zone).formatToParts(at);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return `${zone} (${offset.replace("GMT", "UTC")})`;
}

function splitInstant(at: number, zone: string): InstantParts {
  const parts = instantFormatter(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}:${part("second")}`,
    milliseconds: part("fractionalSecond"),
  };
}

/** Formatters for each zone, built when first asked for: that takes longer than a hundred uses, and a table has thousands of instants. */
function keepFormatters(locale: string, options: Intl.DateTimeFormatOptions) {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (zone: string): Intl.DateTimeFormat => {
    const known = kept.get(zone);
    if (known !== undefined) return known;
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    kept.set(zone, formatter);
    return formatter;
  };
}

const instantFormatter = keepFormatters("en-GB", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});
const offsetFormatter = keepFormatters("en-US", { timeZoneName: "shortOffset" });
