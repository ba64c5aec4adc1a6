import type { z } from "zod";
import { pageQuerySchema } from "./schemas/common";
import { healthSchema } from "./schemas/health";
import { throughputQuerySchema, throughputSchema } from "./schemas/live";
import { queueHistoryQuerySchema, queueHistorySchema, queuePageSchema } from "./schemas/queues";
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
import { loginSchema } from "./schemas/session";
import {
  taskCountSchema,
  taskDetailSchema,
  taskFilterSchema,
  taskListQuerySchema,
  taskPageSchema,
  taskTypePageSchema,
} from "./schemas/tasks";
import { workerDetailSchema, workerPageSchema } from "./schemas/workers";

/** One operation of the HTTP contract, for its description. */
export interface Endpoint {
  readonly method: "get" | "post" | "delete";
  /** Path below /api/v1, with `{name}` for path parameters. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Schema of the good answer; absent when it has no body. */
  readonly answer?: z.ZodType;
  /** 200 unless said. */
  readonly status?: number;
}

/** The whole contract, made of the schemas that the handlers parse with. */
export const ENDPOINTS: readonly Endpoint[] = [
  { method: "get", path: "/health", summary: "How everything is", answer: healthSchema },
  {
    method: "get",
    path: "/tasks",
    summary: "A page of tasks",
    query: taskListQuerySchema,
    answer: taskPageSchema,
  },
  {
    method: "get",
    path: "/tasks/count",
    summary: "How many match",
    query: taskFilterSchema,
    answer: taskCountSchema,
  },
  { method: "get", path: "/tasks/{id}", summary: "One task, uncut", answer: taskDetailSchema },
  {
    method: "get",
    path: "/task-types",
    summary: "Task names",
    query: pageQuerySchema,
    answer: taskTypePageSchema,
  },
  { method: "get", path: "/queues", summary: "All queues now", answer: queuePageSchema },
  {
    method: "get",
    path: "/queues/{name}/history",
    summary: "A queue's depth over time",
    query: queueHistoryQuerySchema,
    answer: queueHistorySchema,
  },
  { method: "get", path: "/workers", summary: "All workers", answer: workerPageSchema },
  {
    method: "get",
    path: "/workers/{hostname}",
    summary: "One worker, asked now",
    answer: workerDetailSchema,
  },
  {
    method: "get",
    path: "/throughput",
    summary: "Ended tasks over time",
    query: throughputQuerySchema,
    answer: throughputSchema,
  },
  {
    method: "post",
    path: "/redispatches/preview",
    summary: "What a re-dispatch would do, frozen as a snapshot",
    body: previewRequestSchema,
    answer: previewSchema,
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
  { method: "get", path: "/stream", summary: "Change notices and figures, as server-sent events" },
  { method: "post", path: "/session", summary: "Log in", body: loginSchema, status: 204 },
  { method: "delete", path: "/session", summary: "Log out", status: 204 },
];
