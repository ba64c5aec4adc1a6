import type { ResultRowDetail } from "@/lib/results/results";

/** Columns that are integers beyond what JSON holds; they are kept as texts. */
const INTEGERS: readonly string[] = ["rowId", "createdAt", "startedAt", "doneAt"];

/** A row of the result table as the text that the store keeps, without loss. */
export function writeKeptRow(row: ResultRowDetail): string {
  return JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

/** The row that `writeKeptRow` wrote. */
export function readKeptRow(text: string): ResultRowDetail {
  const revive = (key: string, value: unknown) =>
    INTEGERS.includes(key) && typeof value === "string" ? BigInt(value) : value;
  // Nothing else writes this text.
  return JSON.parse(text, revive) as ResultRowDetail;
}
