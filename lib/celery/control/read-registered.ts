import type { WireValue } from "../wire-value";
import { readRegisteredTasks } from "./read-registered-tasks";

/** Reads the reply to `registered`: the names of the tasks that the worker knows, or null. Never throws. */
export function readRegistered(reply: WireValue): string[] | null {
  return readRegisteredTasks(reply)?.map(({ name }) => name) ?? null;
}
