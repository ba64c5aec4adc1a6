import { redactText } from "@/lib/celery/redact/redact";
import { redactTraceback } from "@/lib/celery/redact/redact-traceback";
import type { KeptRow } from "@/lib/store/kept-rows";
import { joinArgs, toMs } from "./join-task";
import { readKeptRow } from "./kept-row-json";
import { readColumnText, readRowException } from "./row-texts";
import type { HistoryKeptRow } from "./task-history";

/** A row that was kept before a revoke, for people's eyes: values of the names in `redact` hidden. */
export function describeKeptRow(kept: KeptRow, redact: readonly string[]): HistoryKeptRow {
  const row = readKeptRow(kept.row);
  const hide = (text: string | null) => text && redactText(text, redact);
  const { args, kwargs } = joinArgs({ row, record: null });
  return {
    at: kept.keptAt,
    state: row.status,
    name: row.name,
    worker: row.worker,
    args: hide(args),
    kwargs: hide(kwargs),
    result: hide(readColumnText(row.result, row)),
    exception: hide(readRowException(row)),
    traceback: row.traceback && redactTraceback(row.traceback, redact),
    writtenAt: toMs(row.doneAt),
  };
}
