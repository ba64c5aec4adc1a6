import { iterateTaskHistory } from "@/lib/history/iterate-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { joinRows } from "@/lib/history/task-evidence";
import { listTaskFacts } from "@/lib/store/task-facts";
import type { Selection } from "./selection";
import type { EvidenceSources, TaskEvidence } from "./task-evidence";

const CHUNK = 1_000;

/**
 * At most `limit` selected tasks with all that is known of them, in the selection's order and in chunks of at most
 * 1,000; of an id that nobody knows there is nothing. Throws AppError `bad_request` for a filter that can't be read.
 */
export async function* listSelectedTasks(
  sources: EvidenceSources,
  selection: Selection,
  limit: number,
): AsyncGenerator<readonly TaskEvidence[]> {
  if ("filter" in selection) {
    yield* iterateTaskHistory(sources, readHistoryQuery(selection.filter, sources), limit);
    return;
  }
  const ids = [...new Set(selection.ids)].slice(0, limit);
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const records = await listTaskFacts(sources.store, chunk);
    yield* joinRows(
      sources.results,
      chunk.map((id) => ({ id, record: records.get(id) ?? null })),
    );
  }
}
