import { z } from "zod";
import { instantSchema } from "./common";

export const TOPICS = ["tasks", "queues", "workers", "redispatches", "alerts"] as const;
export type Topic = (typeof TOPICS)[number];

/** Event `change` of the stream: the topics that moved. */
export const changeSchema = z.object({ topics: z.array(z.enum(TOPICS)) });

/** Event `stats` of the stream, once a second. */
export const statsSchema = z.object({
  eventsPerSecond: z.number(),
  queues: z.record(z.string(), z.number().int()),
  workersOnline: z.number().int(),
  active: z.number().int(),
  failedLastHour: z.number().int(),
  /** Tasks that need a person; null when nobody has looked. */
  stuckTasks: z.number().int().nullable(),
  /** Re-dispatches under way, the newest first, at most 20. */
  batches: z
    .array(
      z.object({
        id: z.string(),
        state: z.enum(["running", "paused"]),
        total: z.number().int(),
        dispatched: z.number().int(),
        /** Sent, skipped or failed; the rest waits. */
        settled: z.number().int(),
      }),
    )
    .default([]),
});
export type Stats = z.infer<typeof statsSchema>;

/** Finished tasks a time bucket, for the overview's charts. The last bucket is still filling. */
export const throughputQuerySchema = z.object({
  minutes: z.coerce
    .number()
    .int()
    .min(5)
    .max(60 * 24 * 30)
    .default(60),
  points: z.coerce.number().int().min(2).max(300).default(60),
});
const eventGapSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /**
   * `unheard`: nobody listened, and the broker kept nothing. `dropped`: more came than could be taken. `missed`: workers counted
   * more tasks begun than they told of.
   */
  cause: z.enum(["unheard", "dropped", "missed"]),
  /** Event messages that are missing (one may hold 24 events), or tasks of which all are (`missed`); null is not known. */
  events: z.number().int().nullable(),
  /** Whether there were more of them than could be counted. */
  isMinimum: z.boolean(),
});
export type EventGap = z.infer<typeof eventGapSchema>;
export const throughputSchema = z.object({
  bucketSeconds: z.number(),
  points: z.array(
    z.object({
      at: z.iso.datetime({ precision: 3 }),
      succeeded: z.number().int(),
      failed: z.number().int(),
      retried: z.number().int(),
    }),
  ),
  /** Times of which events are missing, oldest first. */
  gaps: z.array(eventGapSchema),
});
