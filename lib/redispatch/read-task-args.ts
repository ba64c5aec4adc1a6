import { sourceOf } from "@/lib/celery/args/choose-args";
import { type ArgsClass, weakerArgsClass } from "@/lib/celery/args-class";
import type { ArgsSource } from "@/lib/celery/args-source";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";
import { readKnownArgs } from "@/lib/history/known-args";
import type { TaskEvidence } from "./task-evidence";

/** A task's args and kwargs as they would be sent. */
export interface TaskArgs {
  /** The weaker of the two classes. */
  readonly argsClass: ArgsClass;
  /** The most direct source of the two; null is "nowhere". */
  readonly argsFrom: ArgsSource | null;
  /** Null where either can't be rebuilt. */
  readonly call: { readonly args: WireArray; readonly kwargs: WireObject } | null;
}

/** Evidence never changes, and whether it is worth a look elsewhere is asked before it is planned. */
const readBefore = new WeakMap<TaskEvidence, TaskArgs>();

/** Reads args and kwargs, each from the task's row or, where that holds none, from its events; exact ones before lossy. */
export function readTaskArgs(evidence: TaskEvidence): TaskArgs {
  const before = readBefore.get(evidence);
  if (before !== undefined) return before;
  const known = readKnownArgs(evidence);
  const { args, kwargs } = known;
  const taskArgs = {
    argsClass: weakerArgsClass(args.class, kwargs.class),
    argsFrom: sourceOf(known),
    call: args.value === null || kwargs.value === null ? null : { args: args.value, kwargs: kwargs.value },
  };
  readBefore.set(evidence, taskArgs);
  return taskArgs;
}
