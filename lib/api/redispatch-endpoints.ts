import type { Endpoint } from "./endpoint";
import { pageQuerySchema } from "./schemas/common";
import { patchPreviewSchema, patchSchema } from "./schemas/kwargs-patches";
import {
  blockedTaskPageSchema,
  blockedTasksQuerySchema,
  previewLineSchema,
  previewTaskSchema,
} from "./schemas/preview-tasks";
import {
  batchDetailSchema,
  batchFailuresSchema,
  batchItemPageSchema,
  batchItemsQuerySchema,
  batchPageSchema,
  batchRetryIdsQuerySchema,
  batchRetryIdsSchema,
  batchSchema,
  createBatchSchema,
  createdBatchSchema,
  doubtsDecisionSchema,
  previewRequestSchema,
  previewSchema,
} from "./schemas/redispatches";

/** Planning, running and following re-dispatches. */
export const REDISPATCH_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "post",
    path: "/redispatches/preview",
    summary: "What a re-dispatch would do, frozen as a snapshot",
    body: previewRequestSchema,
    answer: previewSchema,
    lines: previewLineSchema,
  },
  {
    method: "get",
    path: "/redispatches/preview/{snapshot}/tasks",
    summary: "The tasks of a preview that one reason blocks",
    query: blockedTasksQuerySchema,
    answer: blockedTaskPageSchema,
  },
  {
    method: "get",
    path: "/redispatches/preview/{snapshot}/tasks/{id}",
    summary: "One task of a preview, with its stored args",
    answer: previewTaskSchema,
  },
  {
    method: "post",
    path: "/redispatches/preview/{snapshot}/patch",
    summary: "What a change of kwargs would do to a preview's tasks of one name",
    body: patchSchema,
    answer: patchPreviewSchema,
  },
  {
    method: "post",
    path: "/redispatches",
    summary: "Re-dispatch a snapshot as a batch",
    body: createBatchSchema,
    answer: createdBatchSchema,
    status: 201,
  },
  {
    method: "get",
    path: "/redispatches",
    summary: "Batches",
    query: pageQuerySchema,
    answer: batchPageSchema,
  },
  { method: "get", path: "/redispatches/{id}", summary: "One batch", answer: batchDetailSchema },
  {
    method: "get",
    path: "/redispatches/{id}/items",
    summary: "A batch's tasks",
    query: batchItemsQuerySchema,
    answer: batchItemPageSchema,
  },
  {
    method: "get",
    path: "/redispatches/{id}/failures",
    summary: "What failed again, by the kind of error",
    answer: batchFailuresSchema,
  },
  {
    method: "get",
    path: "/redispatches/{id}/retry-ids",
    summary: "Tasks of a batch for the next one",
    query: batchRetryIdsQuerySchema,
    answer: batchRetryIdsSchema,
  },
  {
    method: "post",
    path: "/redispatches/{id}/doubts",
    summary: "Decide about tasks that may have been sent",
    body: doubtsDecisionSchema,
    answer: batchSchema,
  },
  { method: "post", path: "/redispatches/{id}/pause", summary: "Pause a batch", answer: batchSchema },
  { method: "post", path: "/redispatches/{id}/resume", summary: "Resume a batch", answer: batchSchema },
  { method: "post", path: "/redispatches/{id}/cancel", summary: "Cancel a batch", answer: batchSchema },
];
