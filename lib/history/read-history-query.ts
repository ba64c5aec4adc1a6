import { AppError } from "@/lib/errors";
import type { EpochMicros } from "@/lib/results/results";
import type { HistoryQuery, HistorySort, HistorySource, HistorySources } from "./task-history";

/** The one filter of tasks as the HTTP contract has it; instants are ISO 8601 with an offset. */
export interface TaskFilterTexts {
  readonly source?: HistorySource;
  readonly state?: readonly string[];
  readonly name?: readonly string[];
  readonly worker?: readonly string[];
  readonly queue?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly sort?: HistorySort;
}

const SECONDS_AND_FRACTION = /^(.*:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * Reads the contract's filter. The source is the result table where there is one, unless the filter says. Throws
 * AppError `bad_request` when it asks for a result table that is not configured, or for an instant that is none.
 */
export function readHistoryQuery(
  filter: TaskFilterTexts,
  sources: Pick<HistorySources, "results">,
): HistoryQuery {
  const source = filter.source ?? (sources.results === null ? "events" : "results");
  if (source === "results" && sources.results === null) {
    throw new AppError(
      "bad_request",
      "source: there is no result table; set RESULTS_DATABASE_URL, or take events",
    );
  }
  return {
    source,
    sort: filter.sort ?? "-finishedAt",
    filter: {
      states: nonEmpty(filter.state),
      names: nonEmpty(filter.name),
      workers: nonEmpty(filter.worker),
      queues: nonEmpty(filter.queue),
      from: filter.from === undefined ? undefined : readInstant("from", filter.from),
      to: filter.to === undefined ? undefined : readInstant("to", filter.to),
      text: filter.q || undefined,
    },
  };
}

/** Epoch microseconds of an ISO 8601 text, exact; digits beyond microseconds are dropped. */
function readInstant(field: string, text: string): EpochMicros {
  const [, seconds, fraction = "", offset] = SECONDS_AND_FRACTION.exec(text) ?? [];
  const milliseconds = Date.parse(`${seconds}${offset}`);
  if (Number.isNaN(milliseconds)) {
    throw new AppError("bad_request", `${field}: takes an instant such as 2026-03-01T10:00:00Z`);
  }
  return BigInt(milliseconds) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

function nonEmpty(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.length ? values : undefined;
}
