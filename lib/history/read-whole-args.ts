import { LIST_TEXT_CHARS, type ResultRow, type ResultTable } from "@/lib/results/results";

/** Characters of args and kwargs, beyond what a list reads of each row, that are held at a time. */
const MAX_CHARS = 8_000_000;

interface TaskWithRow {
  readonly row: ResultRow | null;
}

/**
 * Cuts a chunk of tasks, each with its row as a list reads it, where the whole args and kwargs of a part would be too
 * much to hold at a time.
 */
export function splitByLength<T extends TaskWithRow>(tasks: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let left = 0;
  for (const task of tasks) {
    // Its length is that of the longer one of two.
    const chars = task.row !== null && isCut(task.row) ? 2 * task.row.textLength : 0;
    const part = parts.at(-1);
    if (part === undefined || chars > left) {
      parts.push([task]);
      left = MAX_CHARS - chars;
    } else {
      part.push(task);
      left -= chars;
    }
  }
  return parts;
}

/** The tasks with whole args and kwargs in their rows; a row that was deleted meanwhile is null. */
export async function readWholeArgs<T extends TaskWithRow>(
  results: ResultTable,
  tasks: readonly T[],
): Promise<readonly T[]> {
  const ids = tasks.flatMap(({ row }) => (row !== null && isCut(row) ? [row.taskId] : []));
  if (ids.length === 0) return tasks;
  const whole = new Map((await results.listArgs(ids, { withOrigin: false })).map((row) => [row.taskId, row]));
  return tasks.map((task) => {
    if (task.row === null || !isCut(task.row)) return task;
    const row = whole.get(task.row.taskId);
    return { ...task, row: row === undefined ? null : { ...row, error: task.row.error } };
  });
}

/** Whether a list read only a part of its args or kwargs. */
export function isCut(row: ResultRow): boolean {
  return row.textLength > LIST_TEXT_CHARS;
}
