import type { Redis } from "ioredis";

/** Key → length of its list, in one round trip; 0 for a key that isn't there or holds something else. */
export async function measureLists(client: Redis, keys: readonly string[]): Promise<Map<string, number>> {
  const pipeline = client.pipeline();
  for (const key of keys) pipeline.llen(key);
  const answers = (await pipeline.exec()) ?? [];
  return new Map(keys.map((key, index) => [key, readLength(answers[index])]));
}

function readLength([error, length]: readonly [Error | null, unknown] = [null, 0]): number {
  // A hint may name a key of another kind, which is no queue.
  if (error !== null && !error.message.startsWith("WRONGTYPE")) throw error;
  return typeof length === "number" ? length : 0;
}
