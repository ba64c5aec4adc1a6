import { arrayOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/** A task that a worker knows, with the limits that it has there. */
export interface RegisteredTask {
  readonly name: string;
  /** As Celery writes it, `10/m`; null is no limit. */
  readonly rateLimit: string | null;
  /** Seconds; null where the task has none of its own: then the pool's holds. */
  readonly softTimeLimit: number | null;
  readonly timeLimit: number | null;
}

/**
 * The argument `taskinfoitems` of `registered` under which the reply tells the limits as well. A worker writes the
 * items in this order, after those that it writes by default.
 */
export const TASK_INFO_ITEMS = ["exchange", "routing_key", "rate_limit", "time_limit", "soft_time_limit"];

/** `name [exchange=x rate_limit=1/m]`; the limits come last. */
const ENTRY = /^(.*?)(?: \[([^\]]*)\])?$/s;
const LIMITS = /(?: rate_limit=(\S+))?(?: time_limit=(\S+))?(?: soft_time_limit=(\S+))?$/;

/** Reads the reply to `registered`, or null when it is no list. What is no text is left out. Never throws. */
export function readRegisteredTasks(reply: WireValue): RegisteredTask[] | null {
  const tasks = arrayOf(reply);
  if (tasks === null) return null;
  return tasks.flatMap((task) => (typeof task === "string" ? readEntry(task) : []));
}

function readEntry(entry: string): RegisteredTask {
  const [, name = entry, items = ""] = ENTRY.exec(entry) ?? [];
  const [, rate, hard, soft] = LIMITS.exec(` ${items}`) ?? [];
  return { name, rateLimit: readRate(rate), softTimeLimit: readSeconds(soft), timeLimit: readSeconds(hard) };
}

/** A bare number is a rate a second, and none is written as 0. */
function readRate(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [number = "", unit = "s"] = text.split("/");
  const rate = Number(number);
  if (Number.isNaN(rate)) return text;
  return rate === 0 ? null : `${rate}/${unit}`;
}

function readSeconds(text: string | undefined): number | null {
  const seconds = Number(text ?? Number.NaN);
  return seconds > 0 && Number.isFinite(seconds) ? seconds : null;
}
