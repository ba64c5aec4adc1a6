import type { ExactArgs } from "@/lib/celery/args/exact-args";
import type { ResultRow, ResultTable } from "@/lib/results/results";
import type { TaskFacts } from "@/lib/store/task-facts";
import { readWholeArgs, splitByLength } from "./read-whole-args";

/** All that is known of one task: its row in the result table with whole args and its error, its events, or both. */
export interface HistoryEvidence {
  readonly id: string;
  readonly row: ResultRow | null;
  readonly record: TaskFacts | null;
  /** Real args, looked up where the others would not do. */
  readonly exact?: readonly ExactArgs[];
}

/** The tasks, at most 1,000, each with its row; in several chunks where their args are long. */
export async function* joinRows(
  results: ResultTable | null,
  tasks: readonly Omit<HistoryEvidence, "row">[],
): AsyncGenerator<readonly HistoryEvidence[]> {
  if (results === null || tasks.length === 0) {
    yield tasks.map((task) => ({ ...task, row: null }));
    return;
  }
  const ids = tasks.map(({ id }) => id);
  const choice = { withErrors: true, withOrigin: false };
  const { rows } = await results.list({ ids }, "-finishedAt", ids.length, null, choice);
  const rowsById = new Map(rows.map((row) => [row.taskId, row]));
  yield* withWholeArgs(
    results,
    tasks.map((task) => ({ ...task, row: rowsById.get(task.id) ?? null })),
  );
}

/** The tasks, whose rows are as a list reads them, with whole args; in several chunks where these are long. */
export async function* withWholeArgs(
  results: ResultTable,
  tasks: readonly HistoryEvidence[],
): AsyncGenerator<readonly HistoryEvidence[]> {
  for (const part of splitByLength(tasks)) yield await readWholeArgs(results, part);
}
