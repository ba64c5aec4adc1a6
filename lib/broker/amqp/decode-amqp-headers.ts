import { NumberText, type WireObject, type WireValue } from "@/lib/celery/wire-value";

/** No header of Celery's is so deep; a table from outside may be. */
const MAX_DEPTH = 50;

/** Returns an AMQP table, as amqplib reads it, as values of the wire. What JSON has no word for (bytes, times) is null. */
export function decodeAmqpHeaders(headers: Readonly<Record<string, unknown>>): WireObject {
  return decodeTable(headers, 0);
}

function decodeTable(table: object, depth: number): WireObject {
  return new Map(Object.entries(table).map(([name, value]) => [name, decodeValue(value, depth + 1)]));
}

function decodeValue(value: unknown, depth: number): WireValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" || typeof value === "bigint") return new NumberText(String(value));
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, depth + 1));
  return value instanceof Uint8Array || "!" in value ? null : decodeTable(value, depth);
}
