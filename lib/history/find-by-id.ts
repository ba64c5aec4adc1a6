import type { TaskRecord } from "@/lib/celery/task-record";
import type { ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import { listTasksById } from "@/lib/store/tasks";
import { type Candidate, walkCandidates } from "./candidates";
import type { HistoryQuery } from "./task-history";

const LONGEST_ID = 255;

/** The task whose whole id is the text that is searched for, by the index on ids; null where the other filters leave it out. */
export async function findById(
  sources: { readonly results: ResultTable; readonly store: Store },
  { filter: { text: id, ...filter }, sort }: HistoryQuery,
): Promise<Candidate<TaskRecord> | null> {
  if (id === undefined || id.length > LONGEST_ID) return null;
  const search = { filter, sort, after: null, wanted: 1, ids: [id], readRecords: listTasksById };
  for await (const { candidates } of walkCandidates(sources, search)) {
    const found = candidates.find(({ isMatch }) => isMatch);
    if (found !== undefined) return found;
  }
  return null;
}
