import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { queueHistorySchema, queuePageSchema } from "../schemas/queues";

const MINUTE_MS = 60_000;

export const queueKeys = {
  all: ["queues"] as const,
  list: () => ["queues", "list"] as const,
  history: (name: string, range: QueueRange) => ["queues", "history", name, range] as const,
};

/** The last `minutes`, in at most `points` samples. */
export interface QueueRange {
  minutes: number;
  points: number;
}

export function queueListQuery() {
  return queryOptions({
    queryKey: queueKeys.list(),
    queryFn: ({ signal }) => requestJson("/queues", { schema: queuePageSchema, signal }),
  });
}

export function queueHistoryQuery(name: string, range: QueueRange) {
  return queryOptions({
    queryKey: queueKeys.history(name, range),
    queryFn: ({ signal }) =>
      requestJson(`/queues/${encodeURIComponent(name)}/history`, {
        schema: queueHistorySchema,
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
