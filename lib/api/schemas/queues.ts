import { z } from "zod";
import { instantSchema, pageSchema } from "./common";

export const queueSchema = z.object({
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
export type Queue = z.infer<typeof queueSchema>;

export const queuePageSchema = pageSchema(queueSchema).extend({
  /** Messages that RabbitMQ itself holds back until their eta (native delayed delivery); null: none, or unknown. */
  delayed: z.number().int().nullable(),
});
export type QueueList = z.infer<typeof queuePageSchema>;

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

export const queueMessagesQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** A message that waits, looked at without being consumed; null is what it does not say. */
const waitingMessageSchema = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  /** The repr texts of the message, or of its body, secrets hidden, cut at 1 KB. */
  args: z.string().nullable(),
  kwargs: z.string().nullable(),
  priority: z.number().int().nullable(),
  retries: z.number().int().nullable(),
  eta: z.string().nullable(),
  /** When its sender sent it: by the message's own timestamp, or by the task's event. */
  sentAt: instantSchema.nullable(),
  /** Whether it was handed out before and came back. */
  isRedelivered: z.boolean(),
  /** What is wrong with it or could not be read, in words. */
  problem: z.string().nullable(),
  /** Whether a worker that takes it dies of that problem, and the next one too. */
  isDeadly: z.boolean(),
});
export type WaitingMessage = z.infer<typeof waitingMessageSchema>;

/** The first to be delivered come first. `note` says what looking costs, or why it can't be done, on this queue. */
export const queueMessagesSchema = z.object({
  items: z.array(waitingMessageSchema).nullable(),
  depth: z.number().int(),
  note: z.string().nullable(),
});
export type QueueMessages = z.infer<typeof queueMessagesSchema>;

/** `depth` is what the person saw: with another depth nothing is purged. */
export const purgeSchema = z.strictObject({ depth: z.number().int().min(1) });
export const purgedSchema = z.object({ purged: z.number().int() });
