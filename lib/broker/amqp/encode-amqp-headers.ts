import { isWireArray, isWireObject, NumberText, type WireValue } from "@/lib/celery/wire-value";

/** A value of an AMQP table as amqplib takes it; the tagged form names the type. */
type FieldValue =
  | null
  | boolean
  | string
  | number
  | { readonly "!": "int64" | "double"; readonly value: number | bigint }
  | readonly FieldValue[]
  | { readonly [name: string]: FieldValue };

const INTEGER = /^-?\d+$/;
const LARGEST_INT64 = 2n ** 63n;

/**
 * Returns headers as an AMQP table. Numbers keep their kind: whole ones up to 64 bits are integers, all others doubles. Throws
 * a TypeError for a name that a table can't hold.
 */
export function encodeAmqpHeaders(
  headers: Readonly<Record<string, WireValue>>,
): Readonly<Record<string, FieldValue>> {
  return encodeTable(Object.entries(headers));
}

function encodeTable(entries: Iterable<readonly [string, WireValue]>): Record<string, FieldValue> {
  // No prototype: a name such as __proto__ is one like any other.
  const table: Record<string, FieldValue> = Object.create(null);
  for (const [name, value] of entries) {
    // amqplib would take the object for a tagged value.
    if (name === "!") throw new TypeError('headers: "!" can\'t be a name on RabbitMQ');
    table[name] = encodeValue(value);
  }
  return table;
}

function encodeValue(value: WireValue): FieldValue {
  if (value instanceof NumberText) return encodeNumber(value.text);
  if (value === null || typeof value !== "object") return value;
  if (isWireArray(value)) return value.map(encodeValue);
  return isWireObject(value) ? encodeTable(value) : null;
}

function encodeNumber(text: string): FieldValue {
  const integer = INTEGER.test(text) ? BigInt(text) : null;
  const isInt64 = integer !== null && integer >= -LARGEST_INT64 && integer < LARGEST_INT64;
  if (!isInt64) return { "!": "double", value: Number(text) };
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : { "!": "int64", value: integer };
}
