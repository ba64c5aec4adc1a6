import { decodeStoredColumn } from "@/lib/celery/args/decode-stored-column";
import { describeStoredResult } from "@/lib/celery/result/describe-stored-result";
import type { ResultRowDetail } from "@/lib/results/results";

/** JSON as it is stored; a pickle as the JSON of what it holds, or as stored where that can't be told. */
export function readColumnText(column: string | null, row: ResultRowDetail): string | null {
  if (column === null || row.contentEncoding !== "binary") return column;
  const decoded = decodeStoredColumn(column, row);
  return decoded.kind === "nothing" ? null : decoded.text;
}

/** `ValueError: message`, with the module where it isn't Python's own; null when the row holds no exception. */
export function readRowException(row: ResultRowDetail | null): string | null {
  if (row === null || row.status === "SUCCESS" || row.status === "STARTED") return null;
  const exception = describeStoredResult(row.result, row);
  if (exception === null) return null;
  const { module, type, message } = exception;
  const name = module === null || module === "builtins" || module === "" ? type : `${module}.${type}`;
  return message === "" ? name : `${name}: ${message}`;
}
