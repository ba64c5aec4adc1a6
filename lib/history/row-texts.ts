import { decodeStoredColumn } from "@/lib/celery/args/decode-stored-column";
import type { ErrorParts } from "@/lib/celery/error/fingerprint-error";
import { readStoredError } from "@/lib/celery/error/read-stored-error";
import type { ResultRow, ResultRowDetail } from "@/lib/results/results";

/** JSON as it is stored; a pickle as the JSON of what it holds, or as stored where that can't be told. */
export function readColumnText(column: string | null, row: ResultRowDetail): string | null {
  if (column === null || row.contentEncoding !== "binary") return column;
  const decoded = decodeStoredColumn(column, row);
  return decoded.kind === "nothing" ? null : decoded.text;
}

/** `shop.errors.Refused: message`, without a module that is Python's own; null when the row holds no exception. */
export function readRowException(row: ResultRowDetail): string | null {
  if (!holdsException(row)) return null;
  const error = readStoredError(row.result, row);
  if (error === null) return null;
  const { module, type } = error;
  const isPythons = module === null || module === "builtins" || module === "";
  return writeException({ ...error, type: isPythons ? type : `${module}.${type}` });
}

/** `Refused: message`: shorter, for lists, of a row that was read with its error. */
export function readShortException(row: ResultRow): string | null {
  const error = holdsException(row) ? readStoredError(row.error, row) : null;
  return error && writeException(error);
}

function writeException({ type, message }: ErrorParts): string {
  return [type, message].filter(Boolean).join(": ");
}

/** Whether the result of such a row is an exception, if there is one. */
export function holdsException({ status }: Pick<ResultRow, "status">): boolean {
  return status !== "SUCCESS" && status !== "STARTED";
}
