import { arrayOf, objectOf, textOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/** Reads the reply to `active_queues`: the names of the queues that the worker consumes, or null. Never throws. */
export function readActiveQueues(reply: WireValue): string[] | null {
  const queues = arrayOf(reply);
  if (queues === null) return null;
  return queues.flatMap((queue) => textOf(objectOf(queue)?.get("name")) ?? []);
}
