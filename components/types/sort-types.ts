import type { TypeRowData } from "./type-row-data";

/** What the table can be sorted by. */
export const TYPE_SORTS = ["name", "rate", "failures", "p50", "p95", "p99", "called"] as const;
export type TypeSort = (typeof TYPE_SORTS)[number];

const VALUES: Record<Exclude<TypeSort, "name">, (row: TypeRowData) => number | null> = {
  rate: ({ ended }) => ended,
  failures: ({ type }) => type.failureRate,
  p50: ({ type }) => type.runtime.p50,
  p95: ({ type }) => type.runtime.p95,
  p99: ({ type }) => type.runtime.p99,
  called: ({ type }) => (type.lastSeenAt === null ? null : Date.parse(type.lastSeenAt)),
};

/** The rows by name from A on, or by a value, the greatest first; unknown comes last, and what is equal goes by name. */
export function sortTypes(rows: readonly TypeRowData[], sort: TypeSort): readonly TypeRowData[] {
  const byName = (a: TypeRowData, b: TypeRowData) => a.type.name.localeCompare(b.type.name);
  if (sort === "name") return rows.toSorted(byName);
  const measure = VALUES[sort];
  return rows.toSorted((a, b) => (measure(b) ?? -1) - (measure(a) ?? -1) || byName(a, b));
}
