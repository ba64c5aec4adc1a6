import { z } from "zod";
import { instantSchema, pageSchema } from "./common";

const queueSchema = z.object({
  name: z.string(),
  depth: z.number().int(),
  unacked: z.number().int().nullable(),
  consumers: z.number().int().nullable(),
  oldestWaitingSeconds: z.number().nullable(),
  /** True when the age is a lower bound: the message was there before the collector first looked. */
  oldestWaitingIsMinimum: z.boolean(),
  byPriority: z.record(z.string(), z.number().int()).nullable(),
  publishPerSecond: z.number().nullable(),
  ackPerSecond: z.number().nullable(),
  /** Who counted: `redis`; for RabbitMQ the management API or a passive declare. */
  source: z.enum(["redis", "management", "amqp"]),
  sampledAt: instantSchema,
  /** Workers that consume it, from their active_queues. */
  consumedBy: z.array(z.string()),
});
export const queuePageSchema = pageSchema(queueSchema);
export type Queue = z.infer<typeof queueSchema>;

export const queueHistoryQuerySchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  points: z.coerce.number().int().min(2).max(300).default(300),
});

export const queueHistorySchema = z.object({
  points: z.array(
    z.object({
      at: instantSchema,
      depth: z.number().int(),
      unacked: z.number().int().nullable(),
      oldestWaitingSeconds: z.number().nullable(),
    }),
  ),
});
export type QueueHistory = z.infer<typeof queueHistorySchema>;
