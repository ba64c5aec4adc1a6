import { formatIsoDate, formatIsoTime, isCalendarDate, isClockTime } from "../literal/iso-time";
import { createTypedValue } from "../typed-value";
import { NumberText, type WireObject } from "../wire-value";
import { PickleDict, PickleObject, type PickleValue } from "./pickle-value";

/** kombu's typed object for a pickled Decimal, UUID, datetime, date or time; null for anything else. */
export function readPickledType({ name, args, state }: PickleObject): WireObject | null {
  const [first = null, zone = null] = args;
  switch (name) {
    case "decimal.Decimal":
      return typeof first === "string" && DECIMAL.test(first) ? createTypedValue("decimal", first) : null;
    case "uuid.UUID":
      return readUuid(state);
    case "datetime.datetime":
      return readDatetime(first, zone);
    case "datetime.date":
      return readDate(first);
    case "datetime.time":
      return readTime(first, zone);
    default:
      return null;
  }
}

const DECIMAL = /^-?(?:\d+(?:\.\d+)?(?:E[+-]?\d{1,12})?|Infinity|s?NaN\d*)$/;
const DATE_BYTES = 4;
const TIME_BYTES = 6;

function readUuid(state: PickleValue): WireObject | null {
  const entry = state instanceof PickleDict ? state.entries.find(([key]) => key === "int") : undefined;
  if (!(entry?.[1] instanceof NumberText)) return null;
  const hex = BigInt(entry[1].text).toString(16).padStart(32, "0");
  return /^[0-9a-f]{32}$/.test(hex) ? createTypedValue("uuid", new Map([["hex", hex]])) : null;
}

function readDatetime(state: PickleValue, zone: PickleValue): WireObject | null {
  if (!(state instanceof Uint8Array) || state.length !== DATE_BYTES + TIME_BYTES) return null;
  const date = formatDateState(state.subarray(0, DATE_BYTES));
  const time = formatTimeState(state.subarray(DATE_BYTES), zone);
  return date === null || time === null ? null : createTypedValue("datetime", `${date}T${time}`);
}

function readDate(state: PickleValue): WireObject | null {
  const date = state instanceof Uint8Array ? formatDateState(state) : null;
  return date === null ? null : createTypedValue("date", date);
}

function readTime(state: PickleValue, zone: PickleValue): WireObject | null {
  const time = state instanceof Uint8Array ? formatTimeState(state, zone) : null;
  return time === null ? null : createTypedValue("time", time);
}

/** Year (two bytes, high first), month, day. The month's top bit is a datetime's `fold`, which ISO text hasn't. */
function formatDateState(state: Uint8Array): string | null {
  const [high = 0, low = 0, month = 0, day = 0] = state;
  const date = { year: high * 256 + low, month: month & 0x7f, day };
  return state.length === DATE_BYTES && isCalendarDate(date) ? formatIsoDate(date) : null;
}

/** Hour, minute, second, microseconds (three bytes, high first). The hour's top bit is a time's `fold`. */
function formatTimeState(state: Uint8Array, zone: PickleValue): string | null {
  const offsetSeconds = zone === null ? null : readOffset(zone);
  if (state.length !== TIME_BYTES || offsetSeconds === undefined) return null;
  const [hour = 0, minute = 0, second = 0, high = 0, middle = 0, low = 0] = state;
  const micros = high * 65_536 + middle * 256 + low;
  const time = { hour: hour & 0x7f, minute, second, micros, offsetSeconds };
  return isClockTime(time) ? formatIsoTime(time) : null;
}

/** Seconds east of UTC; undefined for a zone whose offset the pickle doesn't hold. */
function readOffset(zone: PickleValue): number | undefined {
  if (!(zone instanceof PickleObject)) return undefined;
  if (zone.name === "pytz._UTC") return 0;
  const [delta = null] = zone.args;
  if (zone.name !== "datetime.timezone" || !(delta instanceof PickleObject)) return undefined;
  const numbers = delta.args.map((part) => (part instanceof NumberText ? Number(part.text) : Number.NaN));
  const [days = 0, seconds = 0, micros = 0] = numbers;
  return delta.name === "datetime.timedelta" && micros === 0 ? days * 86_400 + seconds : undefined;
}
