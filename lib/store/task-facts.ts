import type { TaskRecord } from "@/lib/celery/task-record";
import { readTaskTables } from "./read-task-tables";
import { selectById } from "./select-by-id";
import { sql, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";
import type { TaskRow } from "./task-row";

/** What bears on sending a task again, of what its events told: the long and the decoded columns are left out. */
export type TaskFacts = Pick<
  TaskRecord,
  | "id"
  | "name"
  | "state"
  | "stateAt"
  | "receivedAt"
  | "startedAt"
  | "worker"
  | "queue"
  | "args"
  | "kwargs"
  | "result"
  | "exception"
  | "rootId"
>;

type FactsRow = Omit<TaskFacts, "stateAt" | "receivedAt" | "startedAt" | "rootId"> &
  Pick<TaskRow, "state_at" | "received_at" | "started_at" | "root_id">;

const COLUMNS = sql`
  id, name, state, state_at, received_at, started_at, worker, queue, args, kwargs, result, exception, root_id`;

/** The facts of the ids that are known; at most a few thousand ids at once. */
export async function listTaskFacts(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await readTaskTables(store, (tables) => selectById<FactsRow>(store, tables, ids, COLUMNS));
  return new Map([...rows].map(([id, row]) => [id, toTaskFacts(row)]));
}

function toTaskFacts({ state_at, received_at, started_at, root_id, ...facts }: FactsRow): TaskFacts {
  return {
    ...facts,
    stateAt: toNumber(state_at),
    receivedAt: toNumberOrNull(received_at),
    startedAt: toNumberOrNull(started_at),
    rootId: root_id,
  };
}
