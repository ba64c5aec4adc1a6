import type { TaskRecord } from "@/lib/celery/task-record";
import type { Store } from "@/lib/store/store";
import { listRecentTasksById } from "@/lib/store/tasks";

/** Tasks of one query. */
const MAX_LOADED = 5_000;

/** What the store has of tasks, however many there are, at the bounded cost of listRecentTasksById. */
export async function loadTasks(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  const loaded = new Map<string, TaskRecord>();
  for (let start = 0; start < ids.length; start += MAX_LOADED) {
    const some = await listRecentTasksById(store, ids.slice(start, start + MAX_LOADED));
    for (const [id, record] of some) loaded.set(id, record);
  }
  return loaded;
}
