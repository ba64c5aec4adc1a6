import { iterateTaskHistory } from "@/lib/history/iterate-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import type { Selection } from "./selection";
import type { EvidenceSources } from "./task-evidence";

const CHUNK = 500;

/**
 * The ids of at most `limit` selected tasks, in the selection's order and in chunks of at most 500. Throws AppError
 * `bad_request` for a filter that can't be read.
 */
export async function* listSelectedIds(
  sources: EvidenceSources,
  selection: Selection,
  limit: number,
): AsyncGenerator<readonly string[]> {
  if ("ids" in selection) {
    const ids = [...new Set(selection.ids)].slice(0, limit);
    for (let from = 0; from < ids.length; from += CHUNK) yield ids.slice(from, from + CHUNK);
    return;
  }
  const query = readHistoryQuery(selection.filter, sources);
  for await (const tasks of iterateTaskHistory(sources, query, limit)) {
    yield tasks.map((task) => task.id);
  }
}
