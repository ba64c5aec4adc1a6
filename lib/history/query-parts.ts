import { AppError } from "@/lib/errors";
import type { ResultTable } from "@/lib/results/results";
import type { StoredTaskFilter } from "@/lib/store/task-query";
import type { HistoryFilter, HistorySources } from "./task-history";

/** The result table; throws AppError `bad_request` where none is configured. */
export function requireResults({ results }: Pick<HistorySources, "results">): ResultTable {
  if (results !== null) return results;
  throw new AppError(
    "bad_request",
    "source: there is no result table; set RESULTS_DATABASE_URL, or take events",
  );
}

/** The filter as the store takes it. Its instants are whole milliseconds, so each bound is rounded up to the next. */
export function toStoredFilter({ from, to, ...filter }: HistoryFilter): StoredTaskFilter {
  return { ...filter, from: toMsUp(from), to: toMsUp(to) };
}

function toMsUp(micros: bigint | undefined): number | undefined {
  if (micros === undefined) return undefined;
  // Division cuts towards zero: up already below zero.
  return Number(micros > 0n ? (micros + 999n) / 1000n : micros / 1000n);
}
