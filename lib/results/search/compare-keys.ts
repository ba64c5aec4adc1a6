import type { ResultCursor } from "../results";

/**
 * Compares two places of one list in an order by runtime or name, as the databases do: those without a key last, ties
 * broken by the primary key, the newest first.
 */
export function compareKeys(a: ResultCursor, b: ResultCursor): number {
  if (a.value !== b.value) {
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    const order =
      a.sort === "-runtime"
        ? compareIntegers(b.value, a.value)
        : Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
    if (order !== 0) return order;
  }
  return compareIntegers(b.rowId, a.rowId);
}

function compareIntegers(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
