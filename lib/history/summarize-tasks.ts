import { hasNeverRun } from "@/lib/celery/never-ran";
import { redactText } from "@/lib/celery/redact/redact";
import type { ResultRow } from "@/lib/results/results";
import { listRedispatches } from "@/lib/store/redispatch-links";
import { joinArgs, joinTask, type KnownTask } from "./join-task";
import { isCut } from "./read-whole-args";
import { holdsException, readShortException } from "./row-texts";
import type { HistorySources, HistoryTask } from "./task-history";

/** Lists show so many characters of args and kwargs. */
const SHOWN_CHARS = 1_024;

/** Characters of args and kwargs that a page reads whole, beyond what a list reads of each row. */
const WHOLE_TEXT_BUDGET = 4_000_000;

/**
 * Makes the tasks of a page: joined, classed, redacted, cut, each with the newest id that it was sent again under.
 * Args that a list reads in part are read whole to be classed, up to 4 million characters a page; beyond that they are
 * classed `unknown` here, and the task's own page tells. Their errors are read once it is known which rows are shown: to walk over
 * them takes none.
 */
export async function summarizeTasks(
  sources: HistorySources,
  known: readonly KnownTask[],
  redact: readonly string[],
): Promise<HistoryTask[]> {
  const ids = known.map(idOf);
  const [whole, errors, redispatches] = await Promise.all([
    readWholeTexts(sources, known),
    readErrors(sources, known),
    listRedispatches(sources.store, ids),
  ]);
  return known.map((task, index) => {
    const id = ids[index] ?? idOf(task);
    return {
      ...joinTask(task),
      ...summarizeArgs(task, whole, redact),
      exception: redactAndCut(errors.get(id) ?? task.record?.exception ?? null, redact),
      redispatchedAs: redispatches.get(id)?.[0]?.newId ?? null,
    };
  });
}

function summarizeArgs(
  task: KnownTask,
  whole: ReadonlyMap<string, ResultRow>,
  redact: readonly string[],
): Pick<HistoryTask, "args" | "kwargs" | "argsClass"> {
  const full = task.row === null ? undefined : whole.get(task.row.taskId);
  const joined = joinArgs(full === undefined ? task : { row: full, record: task.record });
  // Lists look into no other source: a page would cost as many reads more.
  const isKnownInPart = task.row !== null && isCut(task.row) && full === undefined;
  return {
    args: redactAndCut(joined.args, redact),
    kwargs: redactAndCut(joined.kwargs, redact),
    argsClass: isKnownInPart ? "unknown" : joined.argsClass,
  };
}

async function readWholeTexts(
  { results }: HistorySources,
  known: readonly KnownTask[],
): Promise<ReadonlyMap<string, ResultRow>> {
  let left = WHOLE_TEXT_BUDGET;
  const ids: string[] = [];
  for (const { row } of known) {
    if (row === null || !isCut(row)) continue;
    // Its length is that of the longer one of two.
    left -= 2 * row.textLength;
    if (left < 0) break;
    ids.push(row.taskId);
  }
  if (results === null || ids.length === 0) return new Map();
  const rows = await results.listArgs(ids);
  return new Map(rows.map((row) => [row.taskId, row]));
}

/** What the rows failed with, by their ids; a step that never ran has the error of another one in its row, and none of its own. */
async function readErrors(
  { results }: HistorySources,
  known: readonly KnownTask[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = known.flatMap(({ row }) => row ?? []);
  const ids = rows
    .filter((row) => holdsException(row) && !hasNeverRun({ ...row, state: row.status }))
    .map(({ taskId }) => taskId);
  if (results === null || ids.length === 0) return new Map();
  const choice = { withArgs: false, withErrors: true, withOrigin: false };
  const page = await results.list({ ids }, "-finishedAt", ids.length, null, choice);
  return new Map(page.rows.map((row) => [row.taskId, readShortException(row)]));
}

/** Hidden first: a cut may take away the name before a value. */
function redactAndCut(text: string | null, redact: readonly string[]): string | null {
  return text === null ? null : redactText(text, redact).slice(0, SHOWN_CHARS);
}

function idOf({ row, record }: KnownTask): string {
  return row === null ? record.id : row.taskId;
}
