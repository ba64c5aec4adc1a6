import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";
import { measureLists } from "./measure-lists";

/** Ready messages of each queue, all priorities (celery-wire.md B.5). */
export async function countReady(
  client: Redis,
  names: KeyNames,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const lengths = await measureLists(client, queues.flatMap(names.lists));
  return new Map(
    queues.map((queue) => [queue, names.lists(queue).reduce((sum, key) => sum + (lengths.get(key) ?? 0), 0)]),
  );
}
