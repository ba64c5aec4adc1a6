import type { Store } from "./store";
import { noteTaskTypes, type TaskTypeSighting } from "./task-types";
import { addThroughput, type ThroughputPoint } from "./throughput";
import { inTransaction } from "./transaction";
import { type TaskWrite, writeTasks } from "./write-tasks";

/** What a batch of events changes. */
export interface EventChanges {
  readonly tasks: readonly TaskWrite[];
  readonly taskTypes: readonly TaskTypeSighting[];
  readonly throughput: readonly ThroughputPoint[];
}

/** Writes what a batch of events changes, all or nothing: one wait for the disk, and counts that match their tasks. */
export async function writeEventChanges(store: Store, changes: EventChanges): Promise<void> {
  if (changes.tasks.length === 0) return;
  await inTransaction(store, async (inside) => {
    await writeTasks(inside, changes.tasks);
    await noteTaskTypes(inside, changes.taskTypes);
    await addThroughput(inside, changes.throughput);
  });
}
