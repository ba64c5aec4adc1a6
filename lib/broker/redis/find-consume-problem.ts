import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";
import { runPipeline } from "./run-pipeline";

/** Keys of kombu's own that options don't rename (celery-wire.md B.1). */
const RESERVED = /^(?:unacked_mutex$|_kombu\.binding\.)/;

/** What would end a worker that began to consume the queue: a key of its name that is no list; null: nothing. */
export async function findRedisConsumeProblem(
  client: Redis,
  names: KeyNames,
  queue: string,
): Promise<string | null> {
  const lists = names.lists(queue);
  const isReserved =
    RESERVED.test(queue) || lists.some((key) => key === names.unacked || key === names.unackedIndex);
  if (isReserved) return "Celery keeps other things than tasks under that name.";
  const expected = new Map([...lists.map((key) => [key, "list"] as const), [names.binding(queue), "set"]]);
  const pipeline = client.pipeline();
  for (const key of expected.keys()) pipeline.type(key);
  const types = await runPipeline(pipeline);
  for (const [index, [key, wanted]] of [...expected].entries()) {
    const type = String(types[index]);
    if (type !== "none" && type !== wanted) return `The key ${key} is there already, and is a ${type}.`;
  }
  return null;
}
