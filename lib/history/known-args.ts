import { chooseArgs, type KnownArgs } from "@/lib/celery/args/choose-args";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import type { ReadArgs } from "@/lib/celery/args/read-args";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import { readStoredArgs, readStoredKwargs } from "@/lib/celery/args/read-stored-args";
import type { ArgsSource } from "@/lib/celery/args-source";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";
import type { ResultRow } from "@/lib/results/results";

/** What bears on a task's args, of all that is known of it. */
interface ArgsEvidence {
  readonly row: ResultRow | null;
  readonly record: Pick<TaskRecord, "name" | "args" | "kwargs"> | null;
  /** Real args that were looked up, in the order in which they are tried. */
  readonly exact?: readonly ExactArgs[];
}

/**
 * Args and kwargs, each out of the row, or out of the events where the row doesn't know them and they do; exact values
 * in the place of what is lossy, typed or unknown.
 */
export function readKnownArgs({ row, record, exact = [] }: ArgsEvidence): KnownArgs {
  const args = firstKnown(row && readStoredArgs(row.args, row), readEventArgs(record?.args ?? null));
  const kwargs = firstKnown(
    row && readStoredKwargs(row.kwargs, row),
    readEventKwargs(record?.kwargs ?? null),
  );
  const told = { args: args.part, kwargs: kwargs.part, argsFrom: args.from, kwargsFrom: kwargs.from };
  return exact.length === 0 ? told : chooseArgs(told, exact, row?.name ?? record?.name ?? null);
}

function firstKnown<V extends WireArray | WireObject>(
  stored: ReadArgs<V> | null,
  told: ReadArgs<V>,
): { readonly part: ReadArgs<V>; readonly from: ArgsSource | null } {
  if (stored !== null && (stored.class !== "unknown" || told.class === "unknown")) {
    return { part: stored, from: stored.class === "unknown" ? null : "result-table" };
  }
  return { part: told, from: told.class === "unknown" ? null : "events" };
}
