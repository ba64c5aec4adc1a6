import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import { readTaskInfos, type TaskInfo } from "@/lib/celery/control/read-task-infos";
import type { ControlMethod, ControlReply } from "@/lib/celery/control-message";
import type { WireValue } from "@/lib/celery/wire-value";
import type { StoredWorker } from "@/lib/store/workers";

const TIMEOUT_MS = 1_500;
/** More at a time would be a storm of answers. */
const MAX_ASKED = 100;

/** What a worker says that it holds. */
export interface Holdings {
  readonly running: readonly TaskInfo[];
  /** Null where it was not asked, because answering could freeze it, or did not answer. Tasks that wait for their eta are not in it. */
  readonly reserved: readonly TaskInfo[] | null;
}

/**
 * Asks workers, a hundred at most, what they run and hold in reserve; those that do not answer within 1.5 s are absent. Rejects
 * while the broker is away. `reserved` is asked only where that is safe (celery-wire.md C.7).
 */
export async function askHolders(
  broker: Broker,
  workers: readonly StoredWorker[],
): Promise<ReadonlyMap<string, Holdings>> {
  const asked = workers.slice(0, MAX_ASKED);
  const safe = asked.filter(({ answers }) => isSafeToAsk("reserved", answers?.acceptContent ?? null));
  const [running, reserved] = await Promise.all([
    // Reprs instead of values: the one form that every worker can write.
    ask(broker, asked, "active", { safe: true }),
    ask(broker, safe, "reserved", {}),
  ]);
  return new Map(
    Array.from(running, ([hostname, tasks]) => [
      hostname,
      { running: tasks, reserved: reserved.get(hostname) ?? null },
    ]),
  );
}

async function ask(
  broker: Broker,
  workers: readonly StoredWorker[],
  method: ControlMethod,
  options: Readonly<Record<string, WireValue>>,
): Promise<ReadonlyMap<string, readonly TaskInfo[]>> {
  if (workers.length === 0) return new Map();
  const destination = workers.map(({ hostname }) => hostname);
  const request = createControlRequest({ method, arguments: options, destination });
  const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  return collect(replies);
}

/** Two workers of one name both answer: what either holds is held. */
function collect(replies: readonly ControlReply[]): ReadonlyMap<string, readonly TaskInfo[]> {
  const held = new Map<string, readonly TaskInfo[]>();
  for (const { hostname, value, error } of replies) {
    const tasks = error === null ? readTaskInfos(value) : null;
    if (tasks !== null) held.set(hostname, [...(held.get(hostname) ?? []), ...tasks]);
  }
  return held;
}
