import { z } from "zod";
import { NUMBERS_OF } from "@/lib/numbers/task-numbers";
import { instantSchema } from "./common";

/** Which numbers over which time; without `from` and `to` those of the last hour. */
export const numbersQuerySchema = z.object({
  of: z.enum(NUMBERS_OF),
  /** Of the task type, queue or worker; without one, of those beyond the names that are told apart. */
  name: z.string().max(255).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(1).max(300).default(60),
});

/** Seconds; null where nothing was measured. */
const percentilesSchema = z.object({
  /** How many were measured. */
  count: z.number().int(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export type Percentiles = z.infer<typeof percentilesSchema>;

const numbersSchema = z.object({
  succeeded: z.number().int(),
  failed: z.number().int(),
  retried: z.number().int(),
  /** Durations that can't be, because clocks disagree; they are in no percentile. */
  skewed: z.number().int(),
  /** From its sending to its receipt by a worker. */
  queueWait: percentilesSchema,
  /** From its receipt, or its eta, to its start. */
  workerWait: percentilesSchema,
  /** Of the tasks that succeeded. */
  runtime: percentilesSchema,
});
export type Numbers = z.infer<typeof numbersSchema>;

export const numbersHistorySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** Of each point: whole minutes, or hours where minutes are not kept any more. */
  stepSeconds: z.number(),
  /** Percentiles are off by at most this share. */
  relativeError: z.number(),
  /** From when on numbers are kept; null when there are none. Points before it are absent. */
  keptSince: instantSchema.nullable(),
  /** All of the range together. */
  total: numbersSchema,
  /** Oldest first; none is left out from `keptSince` on. The last one may still be filling. */
  points: z.array(numbersSchema.extend({ at: instantSchema })),
});
export type NumbersHistory = z.infer<typeof numbersHistorySchema>;
