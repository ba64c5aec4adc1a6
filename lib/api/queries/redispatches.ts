import { infiniteQueryOptions, queryOptions, skipToken } from "@tanstack/react-query";
import { z } from "zod";
import { ApiError, requestJson } from "../client";
import { requestJsonLines } from "../request-json-lines";
import { type Patch, patchPreviewSchema } from "../schemas/kwargs-patches";
import {
  blockedTaskPageSchema,
  type PreviewProgress,
  previewLineSchema,
  previewTaskSchema,
} from "../schemas/preview-tasks";
import {
  type BlockReason,
  batchDetailSchema,
  batchFailuresSchema,
  batchItemPageSchema,
  type batchItemsQuerySchema,
  batchPageSchema,
  type batchRetryIdsQuerySchema,
  batchRetryIdsSchema,
  type createBatchSchema,
  createdBatchSchema,
  type previewRequestSchema,
} from "../schemas/redispatches";

export const redispatchKeys = {
  all: ["redispatches"] as const,
  list: () => ["redispatches", "list"] as const,
  detail: (id: string) => ["redispatches", "detail", id] as const,
  failures: (id: string) => ["redispatches", "failures", id] as const,
  items: (id: string, filter: BatchItemFilter) => ["redispatches", "items", id, filter] as const,
  /** Not under the topic's prefix: a preview is a frozen snapshot. */
  preview: (request: PreviewRequest) => ["redispatch-preview", "plan", request] as const,
  progress: () => ["redispatch-preview", "progress"] as const,
  previewTask: (snapshot: string, id: string) => ["redispatch-preview", "task", snapshot, id] as const,
  blocked: (snapshot: string, reason: BlockReason) =>
    ["redispatch-preview", "blocked", snapshot, reason] as const,
  patch: (snapshot: string, patch: Patch) => ["redispatch-preview", "patch", snapshot, patch] as const,
};

export type PreviewRequest = z.input<typeof previewRequestSchema>;
export type CreateBatchRequest = z.input<typeof createBatchSchema>;
export type BatchCommand = "pause" | "resume" | "cancel";
export type RetryIdsQuery = z.input<typeof batchRetryIdsQuerySchema>;
export type BatchItemFilter = Pick<z.infer<typeof batchItemsQuerySchema>, "status" | "outcome">;

export function batchListQuery() {
  return infiniteQueryOptions({
    queryKey: redispatchKeys.list(),
    queryFn: ({ pageParam, signal }) =>
      requestJson("/redispatches", { schema: batchPageSchema, query: pageParams(pageParam), signal }),
    initialPageParam: null as string | null, // otherwise inferred as `null` alone
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: redispatchKeys.detail(id),
    queryFn: ({ signal }) => requestJson(batchPath(id), { schema: batchDetailSchema, signal }),
  });
}

/** What failed again, by the kind of error. */
export function batchFailuresQuery(id: string) {
  return queryOptions({
    queryKey: redispatchKeys.failures(id),
    queryFn: ({ signal }) =>
      requestJson(`${batchPath(id)}/failures`, { schema: batchFailuresSchema, signal }),
  });
}

/** The ids of tasks of a batch that a person wants to retry once more, at most 100,000. */
export function fetchRetryIds(
  id: string,
  query: RetryIdsQuery,
): Promise<z.infer<typeof batchRetryIdsSchema>> {
  const params = new URLSearchParams({ of: query.of });
  if (query.error !== undefined) params.set("error", query.error);
  return requestJson(`${batchPath(id)}/retry-ids`, { schema: batchRetryIdsSchema, query: params });
}

/** Counts the doubtful tasks of a batch as sent. */
export async function countDoubtsAsSent(id: string): Promise<void> {
  await requestJson(`${batchPath(id)}/doubts`, {
    schema: z.unknown(),
    method: "POST",
    body: { decision: "sent" },
  });
}

export function batchItemsQuery(id: string, filter: BatchItemFilter) {
  return infiniteQueryOptions({
    queryKey: redispatchKeys.items(id, filter),
    queryFn: ({ pageParam, signal }) =>
      requestJson(`${batchPath(id)}/items`, {
        schema: batchItemPageSchema,
        query: pageParams(pageParam, filter),
        signal,
      }),
    initialPageParam: null as string | null, // otherwise inferred as `null` alone
    getNextPageParam: (page) => page.nextCursor,
  });
}

/**
 * What would be sent, frozen under a snapshot id; kept until the dialog closes. While it is made, how far it is stands
 * under `redispatchKeys.progress`.
 */
export function previewQuery(request: PreviewRequest) {
  return queryOptions({
    queryKey: redispatchKeys.preview(request),
    queryFn: async ({ signal, client }) => {
      client.setQueryData<PreviewProgress>(redispatchKeys.progress(), { total: 0, ready: 0 });
      const lines = requestJsonLines("/redispatches/preview", {
        schema: previewLineSchema,
        method: "POST",
        body: request,
        signal,
      });
      for await (const line of lines) {
        if ("preview" in line) return line.preview;
        // It failed after the answer had begun: its status says nothing.
        if ("error" in line) throw new ApiError({ status: 0, ...line.error });
        client.setQueryData<PreviewProgress>(redispatchKeys.progress(), line.progress);
      }
      throw new ApiError({
        status: 0,
        code: "unreachable",
        message: "The preview ended early. Celeriac may have been restarted; try again.",
      });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}

/** How far the preview that is being made is; nothing before its first numbers. */
export function previewProgressQuery() {
  return queryOptions<PreviewProgress>({
    queryKey: redispatchKeys.progress(),
    queryFn: skipToken,
    gcTime: 0,
  });
}

/** One task of a preview with the text of its args. */
export function previewTaskQuery(snapshot: string, id: string) {
  return queryOptions({
    queryKey: redispatchKeys.previewTask(snapshot, id),
    queryFn: ({ signal }) =>
      requestJson(`${previewPath(snapshot)}/tasks/${encodeURIComponent(id)}`, {
        schema: previewTaskSchema,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The tasks of a preview that one reason blocks, page by page. */
export function blockedTasksQuery(snapshot: string, reason: BlockReason) {
  return infiniteQueryOptions({
    queryKey: redispatchKeys.blocked(snapshot, reason),
    queryFn: ({ pageParam, signal }) => {
      const query = pageParams(pageParam);
      query.set("reason", reason);
      return requestJson(`${previewPath(snapshot)}/tasks`, { schema: blockedTaskPageSchema, query, signal });
    },
    initialPageParam: null as string | null, // otherwise inferred as `null` alone
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** What a patch would do to the ready tasks of its name in a preview. */
export function patchPreviewQuery(snapshot: string, patch: Patch) {
  return queryOptions({
    queryKey: redispatchKeys.patch(snapshot, patch),
    queryFn: ({ signal }) =>
      requestJson(`${previewPath(snapshot)}/patch`, {
        schema: patchPreviewSchema,
        method: "POST",
        body: patch,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Starts a batch and returns its id. */
export function createBatch(request: CreateBatchRequest): Promise<{ id: string }> {
  return requestJson("/redispatches", { schema: createdBatchSchema, method: "POST", body: request });
}

/** Pauses, resumes or cancels a batch; an ApiError with status 409 says which state it is in instead. */
export async function commandBatch(id: string, command: BatchCommand): Promise<void> {
  await requestJson(`${batchPath(id)}/${command}`, { schema: z.unknown(), method: "POST" });
}

/** Address of a batch's page. */
export function toBatchHref(id: string): string {
  return `/retries/${encodeURIComponent(id)}`;
}

function previewPath(snapshot: string): string {
  return `/redispatches/preview/${encodeURIComponent(snapshot)}`;
}

function batchPath(id: string): string {
  return `/redispatches/${encodeURIComponent(id)}`;
}

function pageParams(cursor: string | null, filter: BatchItemFilter = {}): URLSearchParams {
  const params = new URLSearchParams({ limit: "100" });
  if (cursor !== null) params.set("cursor", cursor);
  if (filter.status !== undefined) params.set("status", filter.status);
  if (filter.outcome !== undefined) params.set("outcome", filter.outcome);
  return params;
}
