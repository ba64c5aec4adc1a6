import { z } from "zod";
import { instantSchema, pageSchema } from "./common";
import {
  registeredTaskSchema,
  resourceUsageSchema,
  workerHoldsSchema,
  workerPoolSchema,
} from "./worker-parts";

/** What is wrong with a worker, or not as good as it could be. */
const WORKER_MARKS = ["frozen", "hoarding", "memory-growing"] as const;

const workerMarkSchema = z.object({
  mark: z.enum(WORKER_MARKS),
  /** In words, with the figures. */
  detail: z.string(),
  remedy: z.string(),
});
export type WorkerMark = z.infer<typeof workerMarkSchema>;

const workerSchema = z.object({
  hostname: z.string(),
  status: z.enum(["online", "offline"]),
  lastHeartbeatAt: instantSchema.nullable(),
  active: z.number().int().nullable(),
  processed: z.number().int().nullable(),
  pool: z.string().nullable(),
  concurrency: z.number().int().nullable(),
  prefetchCount: z.number().int().nullable(),
  queues: z.array(z.string()).nullable(),
  softwareVersion: z.string().nullable(),
  loadAverage: z.array(z.number()).nullable(),
  pid: z.number().int().nullable(),
  maxRssBytes: z.number().int().nullable(),
  /** Whether the worker sends task events; null when it has not said. */
  taskEvents: z.boolean().nullable(),
  marks: z.array(workerMarkSchema),
});
export const workerPageSchema = pageSchema(workerSchema);
export type Worker = z.infer<typeof workerSchema>;

/** Remote-control answers as JSON; null where the worker did not answer or the question is not safe to ask. */
export const workerDetailSchema = workerSchema.extend({
  stats: z.json().nullable(),
  active: z.json().nullable(),
  reserved: z.json().nullable(),
  scheduled: z.json().nullable(),
  registered: z.array(z.string()).nullable(),
  revoked: z.array(z.string()).nullable(),
  conf: z.json().nullable(),
  /** Number of tasks running now, as in the list (`active` is the list of them here). */
  activeCount: z.number().int().nullable(),
  /** The same answers, read. */
  held: workerHoldsSchema,
  /** Null where it did not answer: what it knew before is in `registered`, without the limits. */
  registeredTasks: z.array(registeredTaskSchema).nullable(),
  poolStats: workerPoolSchema.nullable(),
  usage: resourceUsageSchema.nullable(),
  /** Where it is connected to, without a password. */
  brokerConnection: z.string().nullable(),
  uptimeSeconds: z.number().int().nullable(),
  /** When it last answered any question; null before the first answer. */
  answeredAt: instantSchema.nullable(),
  /** For each null above, why it was not asked or not answered. */
  notes: z.array(z.string()),
});
export type WorkerDetail = z.infer<typeof workerDetailSchema>;

export const workerHistoryQuerySchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(2).max(300).default(300),
});

/** Memory (peak resident size of the main process) and load over time, a point a minute at most. */
export const workerHistorySchema = z.object({
  points: z.array(
    z.object({
      at: instantSchema,
      maxRssBytes: z.number().int().nullable(),
      load: z.number().nullable(),
      active: z.number().int().nullable(),
      processed: z.number().int().nullable(),
    }),
  ),
});
