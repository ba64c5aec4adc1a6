import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import type { ResultMeta } from "@/lib/celery/result/decode-result-meta";
import { isFinalState } from "@/lib/celery/task-state";
import type { ResultRow, ResultTable } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import { listUnfinishedIds } from "@/lib/store/unfinished-tasks";
import type { ToldResult } from "./fold-results";

/** Ids of one query of the result table. */
const CHUNK = 1_000;
/** Tasks that are looked up for one gap, the latest first: what changed last before it is what it can have ended. */
const MOST_TASKS = 200_000;

/**
 * After a gap: looks up in the result table the tasks that events left unfinished before its end (epoch ms), and hands on how
 * those ended that did, a chunk at a time. Returns how many. Rejects while either database is away.
 */
export async function mendStates(
  { store, results, signal }: { store: Store; results: ResultTable; signal: AbortSignal },
  before: number,
  handOn: (ends: readonly ToldResult[]) => Promise<void>,
): Promise<number> {
  let mended = 0;
  let after: string | null = null;
  for (let looked = 0; looked < MOST_TASKS && !signal.aborted; looked += CHUNK) {
    const page = await listUnfinishedIds(store, { before, after, limit: CHUNK });
    const ids = page.ids;
    if (ids.length === 0) break;
    const choice = { withArgs: false, withErrors: true, withOrigin: false };
    const { rows } = await results.list({ ids }, "-finishedAt", ids.length, null, choice);
    const ends = rows.filter((row) => isFinalState(row.status)).map(toEnd);
    if (ends.length > 0) await handOn(ends);
    mended += ends.length;
    after = page.next;
    if (after === null) break;
  }
  return mended;
}

function toEnd(row: ResultRow): ToldResult {
  const doneAt = Number(row.doneAt / 1000n);
  const error = row.error === null ? null : parseWireJson(row.error);
  const meta: ResultMeta = {
    taskId: row.taskId,
    status: row.status,
    name: row.name,
    worker: row.worker,
    ...{ queue: null, retries: null, args: null, kwargs: null, traceback: null, parentId: null },
    // A long one was read in part: then the row itself, which pages show beside it, says more.
    result: error?.ok ? error.value : null,
    doneAt,
  };
  return { taskId: row.taskId, entry: meta, receivedAt: doneAt };
}
