import { z } from "zod";
import { ARGS_SOURCES } from "@/lib/celery/args-source";
import { instantSchema, pageQuerySchema, pageSchema } from "./common";
import { patchSchema } from "./kwargs-patches";
import { taskFilterSchema } from "./tasks";

export const BLOCK_REASONS = [
  "lossy-args",
  "typed-args",
  "unknown-args",
  "no-name",
  "already-redispatched",
  "unknown-serializer",
  "not-finished",
  "lost-with-worker",
  "gone",
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];
/** Reasons that end where a person supplies args and kwargs. */
export const REPAIRABLE_REASONS: readonly BlockReason[] = ["lossy-args", "typed-args", "unknown-args"];

/** Which rule of design.md chose the queue. */
const QUEUE_RULES = ["task-event", "type-last-seen", "worker-queue", "route", "default", "operator"] as const;
export type QueueRule = (typeof QUEUE_RULES)[number];

const BATCH_STATES = ["running", "paused", "done", "cancelled", "failed"] as const;
const ITEM_STATUSES = ["waiting", "sent", "skipped", "failed"] as const;
const ITEM_OUTCOMES = ["pending", "succeeded", "failed"] as const;

/** What is to be sent again: a filter, or ids. */
export const selectionSchema = z.object({
  /** Strict: a misspelt field would otherwise select everything. */
  filter: taskFilterSchema.strict().optional(),
  ids: z.array(z.string().min(1).max(255)).min(1).max(100_000).optional(),
});

export const previewRequestSchema = selectionSchema
  .extend({
    confirmTyped: z.boolean().default(false),
    includeRedispatched: z.boolean().default(false),
    /** Also what had begun on a worker that is gone: the broker may deliver it as well. */
    includeLost: z.boolean().default(false),
    queue: z.string().min(1).max(255).nullable().default(null),
  })
  .refine((body) => (body.filter === undefined) !== (body.ids === undefined), {
    message: "takes either filter or ids",
    path: ["filter"],
  });

export const previewSchema = z.object({
  snapshot: z.string(),
  total: z.number().int(),
  ready: z.number().int(),
  blocked: z.array(
    z.object({ reason: z.enum(BLOCK_REASONS), count: z.number().int(), exampleIds: z.array(z.string()) }),
  ),
  byName: z.array(
    z.object({
      name: z.string(),
      count: z.number().int(),
      queue: z.string(),
      queueFrom: z.enum(QUEUE_RULES),
      /** Of the same name and queue, those that aren't sent; `count` is of those that are. */
      blocked: z.number().int(),
    }),
  ),
  /** All tasks that were found, by the queue that they would go to. */
  byQueue: z.array(
    z.object({
      queue: z.string(),
      count: z.number().int(),
      ready: z.number().int(),
      /** Messages that wait in it now; null when nobody has looked lately. */
      depth: z.number().int().nullable(),
      oldestWaitingSeconds: z.number().nullable(),
    }),
  ),
  /** All tasks that ended with an error, by its kind: the most frequent first, at most 200 kinds. */
  byError: z.array(
    z.object({
      fingerprint: z.string(),
      /** Null where no error is stored. */
      exceptionType: z.string().nullable(),
      /** The message without what differs from task to task. */
      message: z.string(),
      count: z.number().int(),
      ready: z.number().int(),
      exampleId: z.string(),
    }),
  ),
  /** Tasks with errors of other kinds than those listed. */
  otherErrors: z.number().int(),
  warnings: z.array(z.string()),
  sample: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      queue: z.string(),
      args: z.string(),
      kwargs: z.string(),
      /** Where the args were read. */
      argsFrom: z.enum(ARGS_SOURCES).nullable(),
    }),
  ),
});
export type Preview = z.infer<typeof previewSchema>;

const overrideSchema = z.object({
  id: z.string().min(1).max(255),
  /** A JSON array, and a JSON object, as text: numbers are sent as written. */
  args: z.string().max(10_000_000),
  kwargs: z.string().max(10_000_000),
});

export const createBatchSchema = selectionSchema.extend({
  snapshot: z.string().min(1).max(64),
  reason: z.string().max(500).default(""),
  ratePerSecond: z.number().positive().max(100_000).nullable().default(null),
  queue: z.string().min(1).max(255).nullable().default(null),
  countdownSeconds: z
    .number()
    .min(0)
    .max(86_400 * 30)
    .nullable()
    .default(null),
  /** Each task may start at a moment of its own within so many seconds, evenly spread. */
  spreadSeconds: z
    .number()
    .positive()
    .max(86_400 * 30)
    .nullable()
    .default(null),
  /** Ready messages of a queue at which the batch waits. */
  keepQueueBelow: z.number().int().min(1).max(10_000_000).nullable().default(null),
  priority: z.number().int().min(0).max(9).nullable().default(null),
  confirmTyped: z.boolean().default(false),
  includeRedispatched: z.boolean().default(false),
  includeLost: z.boolean().default(false),
  overrides: z.array(overrideSchema).max(1000).default([]),
  patches: z.array(patchSchema).max(100).default([]),
});
export const createdBatchSchema = z.object({ id: z.string() });

export const batchSchema = z.object({
  id: z.string(),
  state: z.enum(BATCH_STATES),
  total: z.number().int(),
  dispatched: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  /** Of those failed, the ones that may have been sent all the same: a person decides. */
  doubtful: z.number().int(),
  outcomes: z.object({ pending: z.number().int(), succeeded: z.number().int(), failed: z.number().int() }),
  ratePerSecond: z.number().nullable(),
  keepQueueBelow: z.number().int().nullable(),
  priority: z.number().int().nullable(),
  countdownSeconds: z.number().nullable(),
  spreadSeconds: z.number().nullable(),
  /** The queue that was chosen for all tasks, or null when each goes to its own. */
  queue: z.string().nullable(),
  reason: z.string(),
  actor: z.string(),
  /** The selection in words, and as the query of the tasks page (null when it was a list of ids). */
  selection: z.string(),
  selectionQuery: z.string().nullable(),
  /** The changes made to args, in words. */
  changes: z.array(z.string()),
  /** What holds the batch up, or has ended it. */
  error: z.string().nullable(),
  /** What the batch waits for by its own rules: room in its queue. */
  waitsFor: z.string().nullable(),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export const batchPageSchema = pageSchema(batchSchema);
export type Batch = z.infer<typeof batchSchema>;

export const batchDetailSchema = batchSchema.extend({
  /** Who paused, resumed, cancelled it or decided its doubts, the newest first, at most 50. */
  actions: z.array(z.object({ at: instantSchema, actor: z.string(), action: z.string() })),
});
export type BatchDetail = z.infer<typeof batchDetailSchema>;

export const batchItemsQuerySchema = pageQuerySchema.extend({
  outcome: z.enum(ITEM_OUTCOMES).optional(),
  /** `failed` has the doubtful ones, too. */
  status: z.enum([...ITEM_STATUSES, "doubtful"]).optional(),
});
const batchItemSchema = z.object({
  originalId: z.string(),
  newId: z.string().nullable(),
  name: z.string().nullable(),
  queue: z.string().nullable(),
  status: z.enum(ITEM_STATUSES),
  reason: z.string().nullable(),
  outcome: z.enum(ITEM_OUTCOMES).nullable(),
  /** True when it may have been sent all the same; then `status` is `failed`. */
  doubtful: z.boolean(),
  /** Of a task that failed again: its class and message, without the parts that vary. */
  error: z.string().nullable(),
});
export const batchItemPageSchema = pageSchema(batchItemSchema);
export type BatchItem = z.infer<typeof batchItemSchema>;

/** Tasks that failed again, by the kind of error: the most frequent first, at most 50 kinds. */
export const batchFailuresSchema = z.object({
  items: z.array(
    z.object({
      /** Null where none is known. */
      error: z.string().nullable(),
      count: z.number().int(),
      /** The new id of one of them. */
      exampleId: z.string(),
    }),
  ),
});
export type BatchFailures = z.infer<typeof batchFailuresSchema>;

/** Which tasks of a batch are to be retried once more. */
export const batchRetryIdsQuerySchema = z.object({
  /** `failed`: the new tasks, which failed again. `doubtful`: the old ones, whose new ones may never have been sent. */
  of: z.enum(["failed", "doubtful"]),
  /** Of those that failed only the ones with this kind of error; empty for those of which none is known. */
  error: z.string().max(500).optional(),
});
export const batchRetryIdsSchema = z.object({
  /** At most 100,000. */
  ids: z.array(z.string()),
  isComplete: z.boolean(),
});

export const doubtsDecisionSchema = z.object({
  /** Counts the doubtful tasks as sent. To send them again, retry them: see `retry-ids`. */
  decision: z.literal("sent"),
});
