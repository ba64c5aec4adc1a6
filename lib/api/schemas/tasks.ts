import { z } from "zod";
import { ARGS_CLASSES } from "@/lib/celery/args-class";
import { ARGS_SOURCES } from "@/lib/celery/args-source";
import { instantSchema, pageQuerySchema, pageSchema } from "./common";

export const TASK_SOURCES = ["results", "events"] as const;
export const TASK_SORTS = ["-finishedAt", "finishedAt", "-runtime", "name"] as const;

/** What makes a search of the result table end before it has looked at everything. */
const SLOW_PARTS = ["text", "order", "filter", "events"] as const;
export type SlowPart = (typeof SLOW_PARTS)[number];

/** An instant in a filter: ISO 8601 with an offset, up to microseconds. */
const filterInstantSchema = z.iso.datetime({ offset: true });

/** The one filter of tasks: in query strings, in `filter` objects and in the URL of the page. */
export const taskFilterSchema = z.object({
  source: z.enum(TASK_SOURCES).optional(),
  state: z.array(z.string().min(1).max(50)).max(20).optional(),
  name: z.array(z.string().min(1).max(255)).max(50).optional(),
  worker: z.array(z.string().min(1).max(255)).max(50).optional(),
  queue: z.array(z.string().min(1).max(255)).max(50).optional(),
  from: filterInstantSchema.optional(),
  to: filterInstantSchema.optional(),
  q: z.string().min(3, "takes at least 3 characters").max(200).optional(),
  sort: z.enum(TASK_SORTS).optional(),
});
export type TaskFilter = z.infer<typeof taskFilterSchema>;

export const taskListQuerySchema = taskFilterSchema.extend(pageQuerySchema.shape);

const taskSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  state: z.string(),
  worker: z.string().nullable(),
  queue: z.string().nullable(),
  args: z.string().nullable(),
  kwargs: z.string().nullable(),
  retries: z.number().int().nullable(),
  receivedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  runtimeSeconds: z.number().nullable(),
  exception: z.string().nullable(),
  argsClass: z.enum(ARGS_CLASSES),
  redispatchedAs: z.string().nullable(),
});
export type Task = z.infer<typeof taskSchema>;

export const taskPageSchema = pageSchema(taskSchema).extend({
  /** Set when a bounded search stopped before the end: how far back it looked. */
  searchedBackTo: instantSchema.nullable(),
  /** Set when the order is only that of the tasks that finished since then; the next pages go on with older ones. */
  sortedSince: instantSchema.nullable(),
  /** Why it did not look at everything: a text, an order or a filter that no index serves, or what only events know. */
  slow: z.enum(SLOW_PARTS).nullable(),
});
export type TaskPage = z.infer<typeof taskPageSchema>;

export const taskCountSchema = z.object({
  /** At least so many, where it is not exact. */
  count: z.number().int(),
  exact: z.boolean(),
  /** About so many, by the database's own statistics; null where the count is exact, or there is no guess. */
  estimate: z.number().int().nullable(),
  /** An exact count is being made: the answer to a later request. */
  isCounting: z.boolean(),
});
export type TaskCount = z.infer<typeof taskCountSchema>;

const taskAttemptSchema = z.object({
  worker: z.string().nullable(),
  receivedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  state: z.string(),
  exception: z.string().nullable(),
});

/** Re-dispatches of one task: each new id with its batch and what became of it. */
const taskRedispatchSchema = z.object({
  newId: z.string(),
  batchId: z.string(),
  at: instantSchema.nullable(),
  state: z.string().nullable(),
});

/** Its row of the result table as it was before a revoke, which may have overwritten it; secrets hidden. */
const keptRowSchema = z.object({
  at: instantSchema,
  state: z.string(),
  name: z.string().nullable(),
  worker: z.string().nullable(),
  args: z.string().nullable(),
  kwargs: z.string().nullable(),
  result: z.string().nullable(),
  exception: z.string().nullable(),
  traceback: z.string().nullable(),
  /** When the row had last been written. */
  writtenAt: instantSchema,
});

export const taskDetailSchema = taskSchema.extend({
  result: z.string().nullable(),
  traceback: z.string().nullable(),
  meta: z.string().nullable(),
  attempts: z.array(taskAttemptSchema),
  rootId: z.string().nullable(),
  parentId: z.string().nullable(),
  groupId: z.string().nullable(),
  children: z.array(z.string()),
  redispatchOf: z.string().nullable(),
  redispatches: z.array(taskRedispatchSchema),
  keptRows: z.array(keptRowSchema),
  sentAt: instantSchema.nullable(),
  createdAt: instantSchema.nullable(),
  eta: z.string().nullable(),
  expires: z.string().nullable(),
  periodicTaskName: z.string().nullable(),
  /** Where its args were read; null is "nowhere". */
  argsFrom: z.enum(ARGS_SOURCES).nullable(),
  /** Why args or kwargs are not exact, in words; null when they are. */
  argsReason: z.string().nullable(),
  /** Where each part comes from; `settingHint` names the Celery setting that would have stored what is missing. */
  inResultTable: z.boolean(),
  inEvents: z.boolean(),
  settingHint: z.string().nullable(),
});
export type TaskDetail = z.infer<typeof taskDetailSchema>;
