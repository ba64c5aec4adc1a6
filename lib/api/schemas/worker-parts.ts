import { z } from "zod";
import { instantSchema } from "./common";

/** A task that a worker holds. */
const heldTaskSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** JSON where the worker sent the values, a repr where it sent that; cut at 1 KB. */
  args: z.string().nullable(),
  kwargs: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  /** Since when the worker has it: its start, or, before that, its arrival. */
  sinceAt: instantSchema.nullable(),
  eta: instantSchema.nullable(),
  queue: z.string().nullable(),
  priority: z.number().int().nullable(),
  /** The pool's process that runs it. */
  pid: z.number().int().nullable(),
  redelivered: z.boolean().nullable(),
  acknowledged: z.boolean().nullable(),
});
export type HeldTask = z.infer<typeof heldTaskSchema>;

const heldTasksSchema = z.object({
  /** Whom the list is from: the worker, asked now; or its events, where it could not be asked. */
  from: z.enum(["worker", "events"]),
  /** The longest held first, or the next one due; at most 500. */
  tasks: z.array(heldTaskSchema),
  /** Whether there are more. */
  isCut: z.boolean(),
});
export type HeldTasks = z.infer<typeof heldTasksSchema>;

/** What a worker holds: running now, waiting for a free slot, waiting for its time. */
export const workerHoldsSchema = z.object({
  active: heldTasksSchema,
  reserved: heldTasksSchema,
  scheduled: heldTasksSchema,
});

/** A task that a worker knows, with the limits that it has there. */
export const registeredTaskSchema = z.object({
  name: z.string(),
  /** `10/m`; null is no limit. */
  rateLimit: z.string().nullable(),
  /** Seconds; null where the task has none of its own: then the pool's holds. */
  softTimeLimit: z.number().nullable(),
  timeLimit: z.number().nullable(),
});
export type RegisteredTask = z.infer<typeof registeredTaskSchema>;

export const workerPoolSchema = z.object({
  /** Pids; null where the pool has no processes (threads, greenlets). */
  processes: z.array(z.number().int()).nullable(),
  /** After so many tasks a process is replaced; null is never. */
  maxTasksPerChild: z.number().int().nullable(),
  /** Seconds, for tasks that have none of their own; null is no limit. */
  softTimeLimit: z.number().nullable(),
  timeLimit: z.number().nullable(),
  /** Set where the worker was started with `--autoscale`. */
  autoscaler: z
    .object({ min: z.number().int(), max: z.number().int(), current: z.number().int() })
    .nullable(),
  /** Whether `worker_pool_restarts` is on; null when the configuration is not known. */
  canRestart: z.boolean().nullable(),
  prefetchMultiplier: z.number().int().nullable(),
});
export type WorkerPool = z.infer<typeof workerPoolSchema>;

/** What the main process has used since its start. */
export const resourceUsageSchema = z.object({
  userSeconds: z.number().nullable(),
  systemSeconds: z.number().nullable(),
  majorPageFaults: z.number().int().nullable(),
  minorPageFaults: z.number().int().nullable(),
  blocksRead: z.number().int().nullable(),
  blocksWritten: z.number().int().nullable(),
  voluntarySwitches: z.number().int().nullable(),
  involuntarySwitches: z.number().int().nullable(),
});
