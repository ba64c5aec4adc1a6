import type { Task, TaskPage } from "@/lib/api/schemas/tasks";

interface MergedRows {
  rows: Task[];
  /** Tasks of the newest page that are not among the rows. */
  newCount: number;
}

/** The loaded rows in their order, each as the newest page has it; rows that are new are counted, not inserted. */
export function mergeNewest(pages: readonly TaskPage[], newest: TaskPage | undefined): MergedRows {
  const rows: Task[] = [];
  const known = new Set<string>();
  const latest = new Map(newest?.items.map((task) => [task.id, task]));
  for (const page of pages) {
    for (const task of page.items) {
      // A row can move to a later page between two requests; it must not appear twice.
      if (known.has(task.id)) continue;
      known.add(task.id);
      rows.push(latest.get(task.id) ?? task);
    }
  }
  let newCount = 0;
  for (const id of latest.keys()) if (!known.has(id)) newCount++;
  return { rows, newCount };
}
