import { z } from "zod";
import { instantSchema, pageSchema } from "./common";

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
  /** For each null above, why it was not asked or not answered. */
  notes: z.array(z.string()),
});
export type WorkerDetail = z.infer<typeof workerDetailSchema>;
