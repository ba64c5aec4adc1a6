import type { Broker } from "@/lib/broker/broker";

/** Queue → how many more tasks it may get now. */
export type QueueRoom = ReadonlyMap<string, number>;

const NO_LIMIT: QueueRoom = new Map();

/**
 * Looks how much room there is in each queue below `keepBelow` ready messages, and allows half of it: so a batch slows down
 * as its queue fills, and two batches that look at the same moment don't fill it twice. A queue that can't be looked at
 * is not limited: the sending tells what is wrong with it.
 */
export async function lookForRoom(
  broker: Pick<Broker, "countReady">,
  queues: ReadonlySet<string>,
  keepBelow: number | null,
): Promise<QueueRoom> {
  if (keepBelow === null) return NO_LIMIT;
  const ready = await broker.countReady([...queues]);
  const known = [...ready].filter((entry): entry is [string, number] => entry[1] !== null);
  return new Map(known.map(([queue, count]) => [queue, Math.max(0, Math.ceil((keepBelow - count) / 2))]));
}
