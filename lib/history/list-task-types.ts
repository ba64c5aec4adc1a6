import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import type { StepRange } from "@/lib/numbers/choose-step";
import { OTHERS, TaskNumbers } from "@/lib/numbers/task-numbers";
import { type TypeRange, toTypeSteps } from "@/lib/numbers/type-ranges";
import type { ResultTable } from "@/lib/results/results";
import { type KnownKwargs, listKwargNames } from "@/lib/store/kwarg-names";
import { readNumbers } from "@/lib/store/number-steps";
import { listTaskTypes } from "@/lib/store/task-types";
import { listWorkers } from "@/lib/store/workers";
import { mapRegistered, type RegisteredTypes } from "./registered-types";
import type { HistorySources } from "./task-history";

const MAX_NAMES = 5_000;

/** A task name with where it may run and what its tasks did. */
export interface HistoryTaskType {
  readonly name: string;
  /** Host names of the workers online that have it registered. */
  readonly registeredOn: readonly string[];
  /** Epoch ms; null when no event of it was seen. */
  readonly lastSeenAt: number | null;
  /** Of the whole range. */
  readonly total: TaskNumbers;
  /** By the start of each step in which there was anything; epoch ms. */
  readonly steps: ReadonlyMap<number, TaskNumbers>;
  readonly kwargs: KnownKwargs | undefined;
}

/** A page of task names, and what bears on all of them. */
export interface TaskTypeList {
  readonly types: readonly HistoryTaskType[];
  readonly hasMore: boolean;
  readonly range: StepRange;
  readonly registered: RegisteredTypes;
  /** The types beyond those that are told apart. */
  readonly others: TaskNumbers;
}

/** Which types, with the numbers of which time. */
export interface TaskTypeQuestion {
  readonly limit: number;
  readonly after: string | null;
  /** Just the type of that name; null is all. */
  readonly name: string | null;
  readonly range: TypeRange;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * A page of task names in order, from `after` on: those that events told of, that a worker online has registered, or that the
 * result table holds, with their numbers of the range up to now. While the result table is away its names are
 * missing, unless events told of them.
 */
export async function listHistoryTaskTypes(
  { results, store }: HistorySources,
  page: TaskTypeQuestion,
): Promise<TaskTypeList> {
  const [seen, workers, stored] = await Promise.all([
    listTaskTypes(store),
    listWorkers(store),
    listStoredNames(results),
  ]);
  const registered = mapRegistered(workers.filter(isWorkerOnline));
  const lastSeen = new Map(seen.map(({ name, lastSeenAt }) => [name, lastSeenAt]));
  const known = [...new Set([...lastSeen.keys(), ...registered.hostnames.keys(), ...stored])].sort();
  const rest = known.filter(
    (name) => (page.after === null || name > page.after) && (page.name === null || name === page.name),
  );
  const names = rest.slice(0, page.limit);
  const range = toTypeSteps(page.range, page.now);
  const [numbers, kwargs] = await Promise.all([
    readNumbers(store, { ...range, of: "type", names: [...names, OTHERS], durations: ["runtime"] }),
    listKwargNames(store, names),
  ]);
  const stepsOf = (name: string) => numbers.get(name) ?? new Map<number, TaskNumbers>();
  return {
    types: names.map((name) => ({
      name,
      registeredOn: registered.hostnames.get(name) ?? [],
      lastSeenAt: lastSeen.get(name) ?? null,
      total: sum(stepsOf(name).values()),
      steps: stepsOf(name),
      kwargs: kwargs.get(name),
    })),
    ...{ range, registered, hasMore: rest.length > page.limit, others: sum(stepsOf(OTHERS).values()) },
  };
}

function sum(parts: Iterable<TaskNumbers>): TaskNumbers {
  const total = new TaskNumbers();
  for (const part of parts) total.merge(part);
  return total;
}

async function listStoredNames(results: ResultTable | null): Promise<readonly string[]> {
  if (results === null) return [];
  try {
    return await results.listNames(MAX_NAMES);
  } catch (error) {
    if (error instanceof AppError && error.code === "results_unavailable") return [];
    throw error;
  }
}
