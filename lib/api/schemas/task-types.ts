import { z } from "zod";
import { TYPE_RANGES } from "@/lib/numbers/type-ranges";
import { instantSchema, pageQuerySchema, pageSchema } from "./common";

export const taskTypeQuerySchema = pageQuerySchema.extend({
  /** Just the type of that name. */
  name: z.string().max(255).optional(),
  /** Which time counts and percentiles are of; the current minute, or hour, is still filling. */
  range: z.enum(TYPE_RANGES).default("day"),
});

const countsSchema = z.object({
  SUCCESS: z.number().int(),
  FAILURE: z.number().int(),
  RETRY: z.number().int(),
});

const taskTypeSchema = z.object({
  name: z.string(),
  /** Workers online that have it registered. */
  registeredOn: z.array(z.string()),
  lastSeenAt: instantSchema.nullable(),
  /** How often tasks of the range succeeded, failed and were retried. */
  counts: countsSchema,
  /** Seconds, of the tasks that succeeded, within 2% of the exact value. */
  runtime: z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() }),
  /** Failed ones of those that succeeded or failed; null when there are none. */
  failureRate: z.number().nullable(),
  /** Ended tasks by steps of the range, oldest first. */
  steps: z.array(z.object({ succeeded: z.number().int(), failed: z.number().int() })),
  /** Whether each worker that has it registered is known to send task events: else it may be called unheard. */
  isHeard: z.boolean(),
  /** Keywords that its calls have had for a week at most, and not in the time before; the newest first. */
  newKwargs: z.array(z.object({ name: z.string(), firstSeenAt: instantSchema })),
  /** Since when its calls have been looked at for keywords. */
  kwargsSince: instantSchema.nullable(),
});
export type TaskType = z.infer<typeof taskTypeSchema>;

export const taskTypePageSchema = pageSchema(taskTypeSchema).extend({
  range: z.object({ from: instantSchema, to: instantSchema, stepSeconds: z.number() }),
  /** Counts of the types that are not told apart: those beyond the first 500 names of an hour. */
  others: countsSchema,
  /** Between when events were heard, but for pauses of up to ten minutes; null: never. */
  listening: z.object({ since: instantSchema, until: instantSchema }).nullable(),
  workersOnline: z.number().int(),
  /** Workers online that did not say what they have registered. */
  registeredUnknown: z.array(z.string()),
});
export type TaskTypePage = z.infer<typeof taskTypePageSchema>;
