import { arrayOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/** What follows the name: ` [rate_limit=1/m exchange=x]`. */
const ITEMS = / \[[^\]]*\]$/;

/** Reads the reply to `registered`: the names of the tasks that the worker knows, or null. Never throws. */
export function readRegistered(reply: WireValue): string[] | null {
  const tasks = arrayOf(reply);
  if (tasks === null) return null;
  return tasks.flatMap((task) => (typeof task === "string" ? task.replace(ITEMS, "") : []));
}
