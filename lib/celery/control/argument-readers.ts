import { checkLongText, checkText } from "../message/check-text";
import { isTaskQueue } from "../virtual/parse-binding";
import { NumberText, type WireValue } from "../wire-value";

/** Returns an argument as it is sent. Throws a TypeError that names `field` unless the value is of its kind. */
export type ArgumentReader = (field: string, value: unknown) => WireValue;

const MAX_LENGTH = 255;
const MAX_ITEMS = 100;
/** A year. */
const MAX_SECONDS = 31_536_000;
const MIN_SECONDS = 0.001;
const MAX_RATE = 1e9;
/** Python's arithmetic with the wait between two tasks ends somewhere below. */
const MIN_RATE = 1e-6;
const RATE = /^(\d{1,9}(?:\.\d{1,6})?)(?:\/[smh])?$/;

export const readFlag: ArgumentReader = (field, value) => {
  if (typeof value !== "boolean") throw new TypeError(`${field}: must be true or false`);
  return value;
};

export const readText: ArgumentReader = (field, value) => {
  checkText(field, value, MAX_LENGTH);
  return value;
};

/** Reads a whole number from `min` to `max`. */
export function readCount(min: number, max: number): ArgumentReader {
  return (field, value) => {
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      throw new TypeError(`${field}: must be a whole number from ${min} to ${max}`);
    }
    return toNumberText(value);
  };
}

export const readTexts: ArgumentReader = (field, value) => {
  if (!Array.isArray(value)) throw new TypeError(`${field}: must be an array`);
  return Array.from(value, (item, index) => readText(`${field}[${index}]`, item));
};

export const readIds: ArgumentReader = (field, value) => {
  const count = Array.isArray(value) ? value.length : 0;
  if (count < 1 || count > MAX_ITEMS)
    throw new TypeError(`${field}: must be an array of 1 to ${MAX_ITEMS} ids`);
  return readTexts(field, value);
};

/** The name of a queue that a worker may begin to consume: RabbitMQ's refusal of one would end the worker. */
export const readQueue: ArgumentReader = (field, value) => {
  checkText(field, value, MAX_LENGTH);
  if (new TextEncoder().encode(value).length > MAX_LENGTH)
    throw new TypeError(`${field}: must have at most ${MAX_LENGTH} bytes`);
  const isOthers = value.startsWith("amq.") || value.startsWith("celeriac.") || !isTaskQueue(value);
  if (isOthers)
    throw new TypeError(`${field}: ${JSON.stringify(value)} is a name for other things than tasks`);
  return value;
};

/** A time in seconds, or null for none. */
export const readLimit: ArgumentReader = (field, value) => {
  if (value === null) return null;
  if (!isWithin(value, MIN_SECONDS, MAX_SECONDS)) {
    throw new TypeError(`${field}: must be null or from ${MIN_SECONDS} to ${MAX_SECONDS} seconds`);
  }
  return toNumberText(value);
};

/** `10/s`, `100/m`, `1.5/h` or a number a second. None is 0, which a worker does not know as `0/m`. */
export const readRate: ArgumentReader = (field, value) => {
  const amount = typeof value === "string" ? Number(RATE.exec(value)?.[1] ?? Number.NaN) : value;
  if (amount === 0) return toNumberText(0);
  if (!isWithin(amount, MIN_RATE, MAX_RATE))
    throw new TypeError(`${field}: must be a rate such as "10/m", or 0`);
  return typeof value === "string" ? value : toNumberText(value);
};

/** One of `choices`. */
export function readChoice(choices: readonly string[]): ArgumentReader {
  return (field, value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new TypeError(`${field}: must be one of ${choices.join(", ")}`);
    return choice;
  };
}

/** Stamp → values; a lone one goes as a list, which means the same. */
export const readStamps: ArgumentReader = (field, value) => {
  const entries =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (entries.length < 1 || entries.length > MAX_ITEMS) {
    throw new TypeError(`${field}: must be an object of 1 to ${MAX_ITEMS} stamps`);
  }
  return new Map(
    entries.map(([name, values]) => {
      checkText(`${field}: a stamp's name`, name, MAX_LENGTH);
      return [name, readStampValues(`${field}.${name}`, values)];
    }),
  );
};

function readStampValues(field: string, values: unknown): WireValue {
  const list = typeof values === "string" ? [values] : values;
  if (!Array.isArray(list) || list.length < 1 || list.length > MAX_ITEMS) {
    throw new TypeError(`${field}: must be a string or an array of 1 to ${MAX_ITEMS} strings`);
  }
  return Array.from(list, (item: unknown, index) => {
    checkLongText(`${field}[${index}]`, item);
    if (item === "" || item.length > 1_000)
      throw new TypeError(`${field}[${index}]: must have 1 to 1000 characters`);
    return item;
  });
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function toNumberText(value: unknown): NumberText {
  return new NumberText(String(value));
}
