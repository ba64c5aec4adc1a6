import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { workerDetailSchema, workerHistorySchema, workerPageSchema } from "../schemas/workers";

const MINUTE_MS = 60_000;

export const workerKeys = {
  all: ["workers"] as const,
  list: () => ["workers", "list"] as const,
  detail: (hostname: string) => ["workers", "detail", hostname] as const,
  history: (hostname: string, range: WorkerRange) => ["workers", "history", hostname, range] as const,
};

/** The last `minutes`, in at most `points` samples. */
export interface WorkerRange {
  minutes: number;
  points: number;
}

export function workerListQuery() {
  return queryOptions({
    queryKey: workerKeys.list(),
    queryFn: ({ signal }) => requestJson("/workers", { schema: workerPageSchema, signal }),
  });
}

/** Asks the worker itself over remote control, so heartbeats don't refetch it: `meta.pace`. */
export function workerDetailQuery(hostname: string) {
  return queryOptions({
    queryKey: workerKeys.detail(hostname),
    queryFn: ({ signal }) =>
      requestJson(`/workers/${encodeURIComponent(hostname)}`, { schema: workerDetailSchema, signal }),
    meta: { pace: "frozen" },
  });
}

export function workerHistoryQuery(hostname: string, range: WorkerRange) {
  return queryOptions({
    queryKey: workerKeys.history(hostname, range),
    queryFn: ({ signal }) =>
      requestJson(`/workers/${encodeURIComponent(hostname)}/history`, {
        schema: workerHistorySchema,
        query: new URLSearchParams({
          from: new Date(Date.now() - range.minutes * MINUTE_MS).toISOString(),
          to: new Date().toISOString(),
          points: String(range.points),
        }),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Address of a worker's page; worker names hold `@ . : /`. */
export function toWorkerHref(hostname: string): string {
  return `/worker/${encodeURIComponent(hostname)}`;
}
