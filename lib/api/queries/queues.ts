import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ApiError, requestJson } from "../client";
import {
  purgedSchema,
  queueHistorySchema,
  queueMessagesSchema,
  queuePageSchema,
  queueSchema,
} from "../schemas/queues";

const MINUTE_MS = 60_000;

export const queueKeys = {
  all: ["queues"] as const,
  list: () => ["queues", "list"] as const,
  detail: (name: string) => ["queues", "detail", name] as const,
  messages: (name: string, limit: number) => ["queues", "messages", name, limit] as const,
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

/** One queue, or null while no queue of that name is known: an answer like any other, that may change each second. */
export function queueQuery(name: string) {
  return queryOptions({
    queryKey: queueKeys.detail(name),
    queryFn: async ({ signal }) => {
      try {
        return await requestJson(queuePath(name), { schema: queueSchema, signal });
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });
}

/**
 * The messages that are delivered next. Looked at once, not at each change (`meta.pace`): rows must not move under a
 * reader's eyes, and RabbitMQ marks what is looked at.
 */
export function queueMessagesQuery(name: string, limit: number) {
  return queryOptions({
    queryKey: queueKeys.messages(name, limit),
    queryFn: ({ signal }) =>
      requestJson(`${queuePath(name)}/messages`, {
        schema: queueMessagesSchema,
        query: new URLSearchParams({ limit: String(limit) }),
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    meta: { pace: "frozen" },
  });
}

/** Deletes what waits and returns how many; an ApiError with status 409 names the depth it has instead of `depth`. */
export async function purgeQueue(name: string, depth: number): Promise<number> {
  const path = `${queuePath(name)}/purge`;
  return (await requestJson(path, { schema: purgedSchema, method: "POST", body: { depth } })).purged;
}

/** Address of a queue's page; queue names hold any character. */
export function toQueueHref(name: string): string {
  return `/queue/${encodeURIComponent(name)}`;
}

/** A point is ten seconds or more, so that nobody misses what comes two seconds later: `meta.pace`. */
export function queueHistoryQuery(name: string, range: QueueRange) {
  return queryOptions({
    queryKey: queueKeys.history(name, range),
    queryFn: ({ signal }) =>
      requestJson(`${queuePath(name)}/history`, {
        schema: queueHistorySchema,
        query: new URLSearchParams({
          from: new Date(Date.now() - range.minutes * MINUTE_MS).toISOString(),
          to: new Date().toISOString(),
          points: String(range.points),
        }),
        signal,
      }),
    placeholderData: keepPreviousData,
    meta: { pace: "calm" },
  });
}

function queuePath(name: string): string {
  return `/queues/${encodeURIComponent(name)}`;
}
