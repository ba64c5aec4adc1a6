import type { ControlMethod } from "../control-message";

/** Commands whose reply holds the arguments of tasks as they are. */
const CARRIES_ARGUMENTS: readonly ControlMethod[] = ["reserved", "scheduled", "query_task", "active"];
const JSON_NAMES: readonly string[] = ["json", "application/json"];

/**
 * Whether asking cannot freeze a worker on Redis (celery-wire.md C.7, rule 2): one that holds a task whose arguments
 * are not JSON cannot write the reply and stops consuming for good. So such commands are for workers that accept
 * nothing but JSON; null, "not known", is not safe. `active` is safe everywhere with the argument `safe: true`, which
 * sends reprs instead: ask so where this says false.
 */
export function isSafeToAsk(method: ControlMethod, acceptContent: readonly string[] | null): boolean {
  if (!CARRIES_ARGUMENTS.includes(method)) return true;
  if (acceptContent === null || acceptContent.length === 0) return false;
  return acceptContent.every((type) => JSON_NAMES.includes(type));
}
