import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { type TaskFilter, taskCountSchema, taskDetailSchema, taskPageSchema } from "../schemas/tasks";
import { toTaskParams } from "./task-params";

const PAGE_SIZE = 100;
/** An exact count that is being made is asked for so often. */
const COUNTING_MS = 1_500;

export const taskKeys = {
  all: ["tasks"] as const,
  list: (filter: TaskFilter) => ["tasks", "list", filter] as const,
  newest: (filter: TaskFilter) => ["tasks", "newest", filter] as const,
  count: (filter: TaskFilter) => ["tasks", "count", filter] as const,
  detail: (id: string) => ["tasks", "detail", id] as const,
};

/**
 * The pages that the reader has loaded. `meta.pace`: a change on the server never moves the rows that are being
 * read; `newestTasksQuery` watches for new ones.
 */
export function taskListQuery(filter: TaskFilter) {
  return infiniteQueryOptions({
    queryKey: taskKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      fetchTaskPage(filter, { cursor: pageParam, limit: PAGE_SIZE, signal }),
    initialPageParam: null as string | null, // otherwise inferred as `null` alone
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    meta: { pace: "frozen" },
  });
}

/** The first page as it is now, refetched when tasks change. */
export function newestTasksQuery(filter: TaskFilter, limit = PAGE_SIZE) {
  return queryOptions({
    queryKey: [...taskKeys.newest(filter), limit] as const,
    queryFn: ({ signal }) => fetchTaskPage(filter, { cursor: null, limit, signal }),
  });
}

export function taskCountQuery(filter: TaskFilter) {
  const { sort: _order, ...counted } = filter;
  return queryOptions({
    queryKey: taskKeys.count(counted),
    queryFn: ({ signal }) =>
      requestJson("/tasks/count", { schema: taskCountSchema, query: toTaskParams(counted), signal }),
    placeholderData: keepPreviousData,
    meta: { pace: "calm" },
    refetchInterval: ({ state }) => (state.data?.isCounting ? COUNTING_MS : false),
  });
}

export function taskDetailQuery(id: string) {
  return queryOptions({
    queryKey: taskKeys.detail(id),
    queryFn: ({ signal }) =>
      requestJson(`/tasks/${encodeURIComponent(id)}`, { schema: taskDetailSchema, signal }),
  });
}

interface TaskPageRequest {
  cursor: string | null;
  limit: number;
  signal: AbortSignal;
}

function fetchTaskPage(filter: TaskFilter, { cursor, limit, signal }: TaskPageRequest) {
  const query = toTaskParams(filter);
  query.set("limit", String(limit));
  if (cursor !== null) query.set("cursor", cursor);
  return requestJson("/tasks", { schema: taskPageSchema, query, signal });
}
