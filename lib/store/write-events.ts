import type { TaskRecord } from "@/lib/celery/task-record";
import type { Store } from "./store";
import { noteTaskTypes, type TaskTypeSighting } from "./task-types";
import { upsertTasks } from "./tasks";
import { addThroughput, type ThroughputPoint } from "./throughput";

/** What a batch of events changes. */
export interface EventChanges {
  readonly tasks: readonly TaskRecord[];
  readonly taskTypes: readonly TaskTypeSighting[];
  readonly throughput: readonly ThroughputPoint[];
}

/** A batch takes a moment; waiting for another process's lock may take longer. */
const TIMES = { timeout: 60_000, maxWait: 15_000 };

/** Writes what a batch of events changes, all or nothing: one wait for the disk, and counts that match their tasks. */
export async function writeEventChanges(store: Store, changes: EventChanges): Promise<void> {
  if (changes.tasks.length === 0) return;
  await store.client.$transaction(async (client) => {
    // Safe: what is called uses raw statements, which both kinds of client have.
    const inside: Store = { ...store, client: client as Store["client"] };
    await upsertTasks(inside, changes.tasks);
    await noteTaskTypes(inside, changes.taskTypes);
    await addThroughput(inside, changes.throughput);
  }, TIMES);
}
