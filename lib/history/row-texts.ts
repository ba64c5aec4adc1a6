import { decodeStoredColumn } from "@/lib/celery/args/decode-stored-column";
import { readStoredError } from "@/lib/celery/error/read-stored-error";
import type { ResultRow, ResultRowDetail } from "@/lib/results/results";

/** JSON as it is stored; a pickle as the JSON of what it holds, or as stored where that can't be told. */
export function readColumnText(column: string | null, row: ResultRowDetail): string | null {
  if (column === null || row.contentEncoding !== "binary") return column;
  const decoded = decodeStoredColumn(column, row);
  return decoded.kind === "nothing" ? null : decoded.text;
}

/**
 * `ValueError: message`, with the module where it is known and not Python's own; null when the row holds no exception. `result` is
 * the row's, or at least its first READ_RESULT_CHARS characters.
 */
export function readRowException(result: string | null, row: ResultRow): string | null {
  if (!holdsException(row)) return null;
  const { module = null, type = null, message = "" } = readStoredError(result, row) ?? {};
  if (type === null) return null;
  const name = module === null || module === "builtins" || module === "" ? type : `${module}.${type}`;
  return message === "" ? name : `${name}: ${message}`;
}

/** Whether the result of such a row is an exception, if there is one. */
export function holdsException({ status }: Pick<ResultRow, "status">): boolean {
  return status !== "SUCCESS" && status !== "STARTED";
}
