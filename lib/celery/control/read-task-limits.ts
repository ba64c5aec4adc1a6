import { arrayOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/** What a worker holds tasks of one name to. null is "no limit of its own". */
export interface TaskLimits {
  /** As Celery writes it: `10/m`, or a number a second. */
  readonly rate: string | null;
  readonly softSeconds: number | null;
  readonly hardSeconds: number | null;
}

/** The `taskinfoitems` to ask `registered` for, so that its reply names the limits. */
export const LIMIT_ITEMS = ["rate_limit", "soft_time_limit", "time_limit"] as const;

/** `shop.pay [rate_limit=10/m time_limit=30]` */
const ENTRY = /^(.+) \[([^\]]*)\]$/;

/** Reads the reply to `registered` with `LIMIT_ITEMS`: name → limits, for the tasks that have any; null when it is no list. */
export function readTaskLimits(reply: WireValue): Readonly<Record<string, TaskLimits>> | null {
  const tasks = arrayOf(reply);
  if (tasks === null) return null;
  const entries = tasks.flatMap((task): [string, TaskLimits][] => {
    const [, name, items] = (typeof task === "string" && ENTRY.exec(task)) || [];
    return name === undefined || items === undefined ? [] : [[name, readItems(items)]];
  });
  return Object.fromEntries(entries);
}

function readItems(text: string): TaskLimits {
  const items = new Map(text.split(" ").map((item) => splitItem(item)));
  return {
    rate: items.get("rate_limit") ?? null,
    softSeconds: readSeconds(items.get("soft_time_limit")),
    hardSeconds: readSeconds(items.get("time_limit")),
  };
}

function splitItem(item: string): [string, string] {
  const at = item.indexOf("=");
  return [item.slice(0, at), item.slice(at + 1)];
}

/** Celery takes 0 for none. */
function readSeconds(text: string | undefined): number | null {
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
