import { AppError } from "@/lib/errors";

/**
 * Reads `from` and `to` (ISO 8601) as epoch ms, half-open; without them the `lastMs` before `now`.
 * Throws AppError `bad_request` when `from` is not before `to`.
 */
export function readTimeRange(
  query: { readonly from?: string; readonly to?: string },
  fallback: { readonly lastMs: number; readonly now: number },
): { from: number; to: number } {
  const to = query.to === undefined ? fallback.now : Date.parse(query.to);
  const from = query.from === undefined ? to - fallback.lastMs : Date.parse(query.from);
  if (from >= to) throw new AppError("bad_request", "from: takes an instant before `to`");
  return { from, to };
}
