import type { AmqpLink } from "./amqp-link";
import { declarePassively } from "./declare-passively";

/** Ready messages of each queue; null for one that isn't there or is another connection's own. */
export function countReady(
  link: AmqpLink,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  return link.call(async (connection) => {
    const looks = await declarePassively(connection, queues);
    return new Map(queues.map((queue) => [queue, looks.get(queue)?.ready ?? null]));
  });
}
