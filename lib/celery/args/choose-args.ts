import type { ArgsClass } from "../args-class";
import { type ArgsSource, type ExactArgsSource, moreDirectSource } from "../args-source";
import { writeWireJson } from "../json/write-wire-json";
import type { WireArray, WireObject } from "../wire-value";
import { agreesWithRepr } from "./agrees-with-repr";
import type { ExactArgs } from "./exact-args";
import type { ReadArgs } from "./read-args";

/** A task's args and kwargs, and where they were read; null is "nowhere". */
export interface KnownArgs {
  readonly args: ReadArgs<WireArray>;
  readonly kwargs: ReadArgs<WireObject>;
  readonly argsFrom: ArgsSource | null;
  readonly kwargsFrom: ArgsSource | null;
}

/** The classes that exact values take the place of; `safe` stands: it can mean one value only. */
export function isWorthReplacing(argsClass: ArgsClass): boolean {
  return argsClass === "lossy" || argsClass === "typed" || argsClass === "unknown";
}

/** The source of the two that is the more direct, which is what people are told. */
export function sourceOf({ argsFrom, kwargsFrom }: KnownArgs): ArgsSource | null {
  return moreDirectSource(argsFrom, kwargsFrom);
}

/**
 * Puts exact values, in their order, where what was told of the task (`told`) is lossy, typed or unknown. Exact values
 * of a task of another name, or that contradict what was told, are left out, and the reason says so. `name` is the
 * task's, as far as it is known.
 */
export function chooseArgs(told: KnownArgs, exact: readonly ExactArgs[], name: string | null): KnownArgs {
  let known = told;
  for (const candidate of exact) {
    if (!replaces(known.args, candidate.args) && !replaces(known.kwargs, candidate.kwargs)) continue;
    const objection = findObjection(told, candidate, name);
    known = objection === null ? merge(known, candidate) : note(known, objection);
  }
  return known;
}

type Part = ReadArgs<WireArray> | ReadArgs<WireObject>;

function replaces(known: Part, exact: Part): boolean {
  return isWorthReplacing(known.class) && exact.value !== null;
}

function merge(known: KnownArgs, { source, args, kwargs }: ExactArgs): KnownArgs {
  const hasArgs = replaces(known.args, args) || isSame(known.args, args);
  const hasKwargs = replaces(known.kwargs, kwargs) || isSame(known.kwargs, kwargs);
  return {
    args: hasArgs ? args : known.args,
    kwargs: hasKwargs ? kwargs : known.kwargs,
    argsFrom: hasArgs ? source : known.argsFrom,
    kwargsFrom: hasKwargs ? source : known.kwargsFrom,
  };
}

function findObjection(told: KnownArgs, candidate: ExactArgs, name: string | null): string | null {
  const words = SOURCE_WORDS[candidate.source];
  if (candidate.name !== null && name !== null && candidate.name !== name) {
    return `${words} has another task, ${candidate.name}, under this id`;
  }
  // A worker is asked for args only where they came as JSON; what a backend stored may have been a pickle before.
  const fromJson = candidate.source === "captured";
  const agrees =
    isInAgreement(told.args, candidate.args, fromJson) &&
    isInAgreement(told.kwargs, candidate.kwargs, fromJson);
  return agrees ? null : `${words} has values that differ from this text`;
}

/** Whether two sources can be of one call. What was told is a text, or values that were read without loss. */
function isInAgreement(told: Part, exact: Part, fromJson: boolean): boolean {
  if (told.text === null || exact.value === null) return true;
  if (isSame(told, exact)) return true;
  const isRepr = told.value !== null || told.position !== null;
  return !isRepr || agreesWithRepr(exact.value, told.text, { fromJson });
}

function isSame(told: Part, exact: Part): boolean {
  return (
    told.value !== null && exact.value !== null && writeWireJson(told.value) === writeWireJson(exact.value)
  );
}

/** The reason goes to what is still missing. */
function note(known: KnownArgs, objection: string): KnownArgs {
  const add = <P extends Part>(part: P): P =>
    isWorthReplacing(part.class)
      ? { ...part, reason: part.reason === null ? objection : `${part.reason}; ${objection}` }
      : part;
  return { ...known, args: add(known.args), kwargs: add(known.kwargs) };
}

const SOURCE_WORDS: Readonly<Record<ExactArgsSource, string>> = {
  captured: "the worker that held the task",
  "redis-backend": "the Redis result backend",
  "database-backend": "Celery's own result table",
};
