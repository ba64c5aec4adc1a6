import type { TaskRecord } from "@/lib/celery/task-record";
import type { TaskState } from "@/lib/celery/task-state";
import type { StoredTaskCursor } from "@/lib/store/task-query";
import { listTasks } from "@/lib/store/tasks";
import { walkCandidates } from "./candidates";
import { requireResults, toStoredFilter } from "./query-parts";
import type { HistoryQuery, HistorySources } from "./task-history";

const CHUNK_TASKS = 500;

/** A task as a walk through the history gives it. */
export interface HistoryReference {
  readonly id: string;
  readonly name: string | null;
  readonly state: TaskState;
  /** Epoch ms of the last write or event: the end, in a final state. */
  readonly doneAt: number;
}

/**
 * Walks all tasks that the query selects, in its order, in chunks of at most 500 (some may be empty), to the end or
 * until `limit` were given. Memory does not grow with their number. Rows that appear behind the walk are not seen.
 */
export async function* iterateTaskHistory(
  sources: HistorySources,
  query: HistoryQuery,
  limit: number,
): AsyncGenerator<readonly HistoryReference[]> {
  let left = limit;
  const chunks = query.source === "events" ? walkEvents(sources, query) : walkResults(sources, query);
  for await (const chunk of chunks) {
    const part = chunk.slice(0, left);
    left -= part.length;
    yield part;
    if (left <= 0) return;
  }
}

async function* walkEvents(
  { store }: HistorySources,
  { filter, sort }: HistoryQuery,
): AsyncGenerator<readonly HistoryReference[]> {
  let after: StoredTaskCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof listTasks>> = await listTasks(
      store,
      toStoredFilter(filter),
      sort,
      CHUNK_TASKS,
      after,
    );
    yield page.tasks.map(referToRecord);
    after = page.next;
  } while (after !== null);
}

async function* walkResults(
  sources: HistorySources,
  { filter, sort }: HistoryQuery,
): AsyncGenerator<readonly HistoryReference[]> {
  const results = requireResults(sources);
  const search = { filter, sort, after: null, wanted: CHUNK_TASKS, withArgs: false };
  for await (const chunk of walkCandidates({ ...sources, results }, search)) {
    yield chunk
      .filter(({ isMatch }) => isMatch)
      .map(({ row, record }) => ({
        id: row.taskId,
        name: row.name ?? record?.name ?? null,
        state: row.status,
        doneAt: Number(row.doneAt / 1000n),
      }));
  }
}

function referToRecord(record: TaskRecord): HistoryReference {
  return {
    id: record.id,
    name: record.name,
    state: record.state,
    doneAt: record.finishedAt ?? record.stateAt,
  };
}
