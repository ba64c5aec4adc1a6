import type { StuckPage } from "@/lib/api/schemas/stuck";
import type { StuckList } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { toInstant } from "@/lib/format/to-instant";

/** The tasks that are stuck as the contract shows them: one page, because the list is bounded. */
export function viewStuckList({ tasks, notes }: StuckList): StuckPage {
  return {
    items: tasks.map((task) => ({ ...task, since: toInstant(task.since) })),
    nextCursor: null,
    notes: [...notes],
  };
}
