import { isWireArray, NumberText, type WireValue } from "../wire-value";

/** A value as Python's `repr` shows it, for people: never to be read back. */
export function formatPythonValue(value: WireValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return formatString(value);
  if (value instanceof NumberText) return value.text;
  if (isWireArray(value)) return `[${value.map(formatPythonValue).join(", ")}]`;
  return `{${Array.from(value, ([key, item]) => `${formatString(key)}: ${formatPythonValue(item)}`).join(", ")}}`;
}

function formatString(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}
