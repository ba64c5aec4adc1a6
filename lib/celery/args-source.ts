/** Where a task's args and kwargs were read, the most direct last (docs/decisions/0012-exact-args-in-order.md). */
export const ARGS_SOURCES = [
  "result-table",
  "events",
  "database-backend",
  "redis-backend",
  "captured",
] as const;
export type ArgsSource = (typeof ARGS_SOURCES)[number];

/** Those that keep the values themselves and not a text of them. */
export type ExactArgsSource = Extract<ArgsSource, "captured" | "redis-backend" | "database-backend">;

/** The more direct of two sources; null is "none". */
export function moreDirectSource(a: ArgsSource | null, b: ArgsSource | null): ArgsSource | null {
  if (a === null || b === null) return a ?? b;
  return ARGS_SOURCES.indexOf(a) >= ARGS_SOURCES.indexOf(b) ? a : b;
}
