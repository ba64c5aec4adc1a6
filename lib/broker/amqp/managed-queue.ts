import { z } from "zod";

const count = z.number().int().nonnegative();
const rate = z.object({ rate: z.number() }).partial();

const queue = z.object({
  name: z.string(),
  exclusive: z.boolean().default(false),
  // Absent while the queue is younger than the API's interval.
  messages_ready: count.optional(),
  messages_unacknowledged: count.optional(),
  consumers: count.optional(),
  // Epoch seconds; an empty text where the oldest message has no timestamp.
  head_message_timestamp: z.union([z.number(), z.string(), z.null()]).optional(),
  arguments: z.record(z.string(), z.unknown()).default({}),
  backing_queue_status: z
    .object({ priority_lengths: z.record(z.string(), count) })
    .partial()
    .optional()
    .catch(undefined),
  message_stats: z
    .object({ publish: count, publish_details: rate, ack_details: rate, deliver_no_ack_details: rate })
    .partial()
    .optional(),
});

const page = z.object({ items: z.array(z.unknown()), page_count: z.number().default(1) });

/** One queue as the management API shows it (celery-wire.md H). */
export interface ManagedQueue {
  readonly name: string;
  readonly isExclusive: boolean;
  /** null, as the next two: the queue is too young to have been counted. */
  readonly ready: number | null;
  readonly unacked: number | null;
  readonly consumers: number | null;
  /** Ready messages a priority; null for a queue without `x-max-priority`. */
  readonly byPriority: Readonly<Record<string, number>> | null;
  readonly hasPriorities: boolean;
  /** Epoch ms that the sender of the oldest ready message gave, or null: Celery gives none. */
  readonly headSentAt: number | null;
  /** Messages that ever came, since the broker counts; null when it has not counted yet. */
  readonly publishCount: number | null;
  readonly publishPerSecond: number | null;
  readonly ackPerSecond: number | null;
}

/** Part of the URL that asks for just what `parseManagedQueues` reads. */
export const MANAGED_QUEUE_COLUMNS = [
  ...["name", "exclusive", "messages_ready", "messages_unacknowledged", "consumers"],
  ...["head_message_timestamp", "arguments", "backing_queue_status.priority_lengths"],
  ...["message_stats.publish", "message_stats.publish_details.rate"],
  ...["message_stats.ack_details.rate", "message_stats.deliver_no_ack_details.rate"],
].join(",");

/** Reads a page of queues; those that make no sense are left out. Null when it is no page. */
export function parseManagedQueues(answer: unknown): { queues: ManagedQueue[]; pageCount: number } | null {
  const parsed = page.safeParse(answer);
  if (!parsed.success) return null;
  const queues = parsed.data.items.flatMap((item) => {
    const one = queue.safeParse(item);
    return one.success ? [toManagedQueue(one.data)] : [];
  });
  return { queues, pageCount: parsed.data.page_count };
}

function toManagedQueue(raw: z.infer<typeof queue>): ManagedQueue {
  const { message_stats: stats, head_message_timestamp: head } = raw;
  return {
    name: raw.name,
    isExclusive: raw.exclusive,
    ready: raw.messages_ready ?? null,
    unacked: raw.messages_unacknowledged ?? null,
    consumers: raw.consumers ?? null,
    byPriority: raw.backing_queue_status?.priority_lengths ?? null,
    hasPriorities: "x-max-priority" in raw.arguments,
    headSentAt: typeof head === "number" && head > 0 ? head * 1000 : null,
    publishCount: stats === undefined ? null : (stats.publish ?? 0),
    // A queue that has done something else so far, but not this, has no entry for it.
    publishPerSecond: stats === undefined ? null : (stats.publish_details?.rate ?? 0),
    ackPerSecond:
      stats === undefined ? null : (stats.ack_details?.rate ?? 0) + (stats.deliver_no_ack_details?.rate ?? 0),
  };
}
