import type { ReadArgs } from "@/lib/celery/args/read-args";
import { readEventArgs, readEventKwargs } from "@/lib/celery/args/read-event-args";
import { readStoredArgs, readStoredKwargs } from "@/lib/celery/args/read-stored-args";
import { type ArgsClass, weakerArgsClass } from "@/lib/celery/args-class";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";
import type { TaskEvidence } from "./task-evidence";

/** A task's args and kwargs as they would be sent. */
export interface TaskArgs {
  /** The weaker of the two classes. */
  readonly argsClass: ArgsClass;
  /** Null where either can't be rebuilt. */
  readonly call: { readonly args: WireArray; readonly kwargs: WireObject } | null;
}

/** Reads args and kwargs, each from the task's row or, where that holds none, from its events. */
export function readTaskArgs({ row, record }: TaskEvidence): TaskArgs {
  const args = knownOf(row && readStoredArgs(row.args, row), () => readEventArgs(record?.args ?? null));
  const kwargs = knownOf(row && readStoredKwargs(row.kwargs, row), () =>
    readEventKwargs(record?.kwargs ?? null),
  );
  return {
    argsClass: weakerArgsClass(args.class, kwargs.class),
    call: args.value === null || kwargs.value === null ? null : { args: args.value, kwargs: kwargs.value },
  };
}

function knownOf<V extends WireArray | WireObject>(
  stored: ReadArgs<V> | null,
  readEvent: () => ReadArgs<V>,
): ReadArgs<V> {
  return stored === null || stored.class === "unknown" ? readEvent() : stored;
}
