import { isTimeout } from "../database/describe-failure";
import type { ResultCount, ResultFilter } from "../results";
import { DateWindows } from "./date-windows";
import type { ResultReader } from "./result-reader";

interface CountBounds {
  /** Counting ends with so many. */
  readonly cap: number;
  readonly budgetMs: number;
}

/** Counts rows in bounded time: not exact is what was counted until the cap or the end of the time, from the newest on. */
export async function countRows(
  reader: ResultReader,
  filter: ResultFilter,
  { cap, budgetMs }: CountBounds,
): Promise<ResultCount> {
  const deadline = performance.now() + budgetMs;
  if (isOfOneIndex(filter) || (reader.hasLimits && filter.text === undefined)) {
    try {
      const count = await reader.count(filter, cap, { limitMs: budgetMs });
      return { count: Math.min(count, cap), exact: count <= cap };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return { count: 0, exact: false };
    }
  }
  return await countByWindows(reader, filter, cap, deadline);
}

async function countByWindows(
  reader: ResultReader,
  filter: ResultFilter,
  cap: number,
  deadline: number,
): Promise<ResultCount> {
  const windows = new DateWindows(reader, filter, "older", deadline);
  let count = 0;
  for (;;) {
    const window = await windows.open();
    const { from, to, limitMs } = window;
    const bounds = { limitMs: Number.isFinite(limitMs) ? limitMs : undefined, by: "dates" } as const;
    try {
      count += await reader.count({ ...filter, from, to }, cap - count, bounds);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (windows.shrink()) continue;
      return { count, exact: false };
    }
    if (count > cap) return { count: cap, exact: false };
    if (window.isLast) return { count, exact: true };
    windows.pass(window);
    if (windows.isTimeUp()) return { count, exact: false };
  }
}

/** Whether entries of one index alone tell: then the cap is reached in a moment on every database. */
function isOfOneIndex({ states, names, workers, from, to, text, ids }: ResultFilter): boolean {
  if (ids !== undefined) return true;
  const hasDates = from !== undefined || to !== undefined;
  const fields = [states, names, workers].filter((field) => field?.length).length;
  return text === undefined && fields + (hasDates ? 1 : 0) <= 1;
}
