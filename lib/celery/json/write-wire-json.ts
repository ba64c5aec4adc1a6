import { isWireObject, NumberText, type WireArray, type WireObject, type WireValue } from "../wire-value";

/**
 * Writes a JSON document with Python's separators (`", "` and `": "`), so that it reads like the ones that Celery
 * stores. Numbers are written as they were read, `NaN` and `Infinity` too, which Python reads and `JSON.parse` does
 * not; non-ASCII stays as it is, a lone surrogate becomes `\udXXX`.
 */
export function writeWireJson(value: WireValue): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

function write(value: WireValue, parts: string[]): void {
  if (value === null || typeof value === "boolean") parts.push(String(value));
  else if (typeof value === "string") parts.push(JSON.stringify(value));
  else if (value instanceof NumberText) parts.push(value.text);
  else if (isWireObject(value)) writeObject(value, parts);
  else writeArray(value, parts);
}

function writeArray(items: WireArray, parts: string[]): void {
  parts.push("[");
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(", ");
    write(item, parts);
  }
  parts.push("]");
}

function writeObject(entries: WireObject, parts: string[]): void {
  parts.push("{");
  let first = true;
  for (const [key, item] of entries) {
    if (!first) parts.push(", ");
    first = false;
    parts.push(JSON.stringify(key), ": ");
    write(item, parts);
  }
  parts.push("}");
}
