import type { EndedItem, PendingItem } from "@/lib/store/batch-outcomes";
import { listTaskErrors } from "@/lib/store/task-errors";
import type { EvidenceSources } from "../task-evidence";
import { outcomeOf, readEventError, readRowError } from "./read-outcome";

/** Where ends are found, and the names whose values are hidden in errors. */
export interface EndSources extends EvidenceSources {
  readonly redact: readonly string[];
}

/** Which of the items, at most 1,000, have ended, and how: by their events, else by their rows. */
export async function findEnds(
  sources: EndSources,
  items: readonly PendingItem[],
): Promise<readonly EndedItem[]> {
  const ended = await readEvents(
    sources,
    items.filter(({ state }) => outcomeOf(state) !== null),
  );
  const open = items.filter(({ state }) => outcomeOf(state) === null);
  return [...ended, ...(await readRows(sources, open))];
}

async function readEvents(
  { store, redact }: EndSources,
  items: readonly PendingItem[],
): Promise<readonly EndedItem[]> {
  const failed = items.filter(({ state }) => outcomeOf(state) === "failed").map(({ newId }) => newId);
  const errors = await listTaskErrors(store, failed);
  return items.flatMap(({ position, newId, state }) => {
    const outcome = outcomeOf(state);
    return outcome === null
      ? []
      : [{ position, outcome, error: readEventError(errors.get(newId) ?? null, redact) ?? wordFor(state) }];
  });
}

async function readRows(
  { results, redact }: EndSources,
  items: readonly PendingItem[],
): Promise<readonly EndedItem[]> {
  if (results === null || items.length === 0) return [];
  const positions = new Map(items.map(({ newId, position }) => [newId, position]));
  const ids = [...positions.keys()];
  const choice = { withArgs: false, withErrors: true, withOrigin: false };
  const { rows } = await results.list({ ids }, "-finishedAt", ids.length, null, choice);
  return rows.flatMap((row) => {
    const outcome = outcomeOf(row.status);
    if (outcome === null) return [];
    const error = outcome === "failed" ? (readRowError(row, redact) ?? wordFor(row.status)) : null;
    return [{ position: positions.get(row.taskId) ?? -1, outcome, error }];
  });
}

/** A task that was revoked has no error of its own. */
function wordFor(state: string | null): string | null {
  return state === "REVOKED" ? "revoked" : null;
}
