import type { HeldTask, HeldTasks } from "@/lib/api/schemas/worker-parts";
import { readScheduledTasks, readTaskInfos, type TaskInfo } from "@/lib/celery/control/read-task-infos";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import type { WireValue } from "@/lib/celery/wire-value";
import { toInstant } from "@/lib/format/to-instant";
import type { Store } from "@/lib/store/store";
import { listTasksById } from "@/lib/store/tasks";

/** More of one kind are not listed. */
export const MAX_HELD = 500;
/** As in lists of tasks. */
export const SHOWN_CHARS = 1_024;

interface Held {
  readonly task: TaskInfo;
  readonly eta: string | null;
}

/**
 * The tasks in a worker's reply to `active`, `reserved` or `scheduled`, secrets hidden already, the longest held
 * first; null where it is no such reply. When a waiting task came the worker doesn't say: the store does.
 */
export async function viewHeldTasks(
  store: Store,
  reply: WireValue,
  kind: "active" | "reserved" | "scheduled",
): Promise<HeldTasks | null> {
  const held = readHeld(reply, kind);
  if (held === null) return null;
  const shown = held.slice(0, MAX_HELD);
  const records = await listTasksById(
    store,
    shown.map(({ task }) => task.id),
  );
  const tasks = shown.map((one) => viewTask(one, records.get(one.task.id)?.receivedAt ?? null));
  return { from: "worker", tasks: tasks.toSorted(compareHeld), isCut: held.length > shown.length };
}

/** Those with an eta in its order; the others the longest held first, what is not known last. */
export function compareHeld(a: HeldTask, b: HeldTask): number {
  const byEta = (a.eta ?? "").localeCompare(b.eta ?? "");
  return byEta || (a.sinceAt ?? NEVER).localeCompare(b.sinceAt ?? NEVER) || a.id.localeCompare(b.id);
}

/** The text of an instant past every other. */
const NEVER = "9";

function readHeld(reply: WireValue, kind: "active" | "reserved" | "scheduled"): Held[] | null {
  if (kind !== "scheduled") return readTaskInfos(reply)?.map((task) => ({ task, eta: null })) ?? null;
  return readScheduledTasks(reply)?.map(({ request, eta }) => ({ task: request, eta })) ?? null;
}

function viewTask({ task, eta }: Held, receivedAt: number | null): HeldTask {
  return {
    id: task.id,
    name: task.task,
    args: cut(task.args === null ? task.argsRepr : writeWireJson(task.args)),
    kwargs: cut(task.kwargs === null ? task.kwargsRepr : writeWireJson(task.kwargs)),
    startedAt: toInstant(task.startedAt),
    sinceAt: toInstant(task.startedAt ?? receivedAt),
    eta: readInstant(eta),
    queue: task.queue,
    priority: task.priority,
    pid: task.pid,
    redelivered: task.isRedelivered,
    acknowledged: task.isAcknowledged,
  };
}

/** An ISO 8601 text with any offset as the contract's instant; null when it is none. */
export function readInstant(text: string | null): string | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : toInstant(at);
}

function cut(text: string | null): string | null {
  return text === null ? null : text.slice(0, SHOWN_CHARS);
}
