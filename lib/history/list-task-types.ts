import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { AppError } from "@/lib/errors";
import type { ResultTable } from "@/lib/results/results";
import { listTaskTypes, type StoredTaskType } from "@/lib/store/task-types";
import { listWorkers, type StoredWorker } from "@/lib/store/workers";
import type { HistorySources } from "./task-history";

const MAX_NAMES = 5_000;

/** A task name with where it may run and what the newest tasks of that name did. */
export interface HistoryTaskType extends Omit<StoredTaskType, "lastSeenAt" | "lastQueue"> {
  /** Host names of the workers online that have it registered. */
  readonly registeredOn: readonly string[];
  /** Epoch ms; null when no event of it was seen. */
  readonly lastSeenAt: number | null;
}

/**
 * A page of task names in order, from `after` on: those that events told of, that a worker online has registered, or
 * that the result table holds. While the result table is away its names are missing, unless events told of them.
 */
export async function listHistoryTaskTypes(
  { results, store }: HistorySources,
  page: { readonly limit: number; readonly after: string | null },
): Promise<{ readonly types: readonly HistoryTaskType[]; readonly hasMore: boolean }> {
  const [seen, workers, stored] = await Promise.all([
    listTaskTypes(store),
    listWorkers(store),
    listStoredNames(results),
  ]);
  const registered = mapRegistered(workers.filter(isWorkerOnline));
  const seenByName = new Map(seen.map((type) => [type.name, type]));
  const names = [...new Set([...seenByName.keys(), ...registered.keys(), ...stored])].sort();
  const rest = names.filter((name) => page.after === null || name > page.after);
  return {
    types: rest.slice(0, page.limit).map((name) => ({
      ...(seenByName.get(name) ?? { ...UNSEEN, name }),
      registeredOn: registered.get(name) ?? [],
    })),
    hasMore: rest.length > page.limit,
  };
}

const UNSEEN = {
  lastSeenAt: null,
  counts: { SUCCESS: 0, FAILURE: 0, RETRY: 0 },
  runtime: { p50: null, p95: null, p99: null },
  failureRate: null,
};

async function listStoredNames(results: ResultTable | null): Promise<readonly string[]> {
  if (results === null) return [];
  try {
    return await results.listNames(MAX_NAMES);
  } catch (error) {
    if (error instanceof AppError && error.code === "results_unavailable") return [];
    throw error;
  }
}

/** Task name → host names, sorted. An entry of `registered` may read `name [rate_limit=10/m]`. */
function mapRegistered(workers: readonly StoredWorker[]): ReadonlyMap<string, readonly string[]> {
  const hostnames = new Map<string, string[]>();
  for (const worker of [...workers].sort((a, b) => (a.hostname < b.hostname ? -1 : 1))) {
    for (const entry of worker.answers?.registered ?? []) {
      const name = entry.replace(/ \[.*$/s, "");
      const known = hostnames.get(name);
      if (known === undefined) hostnames.set(name, [worker.hostname]);
      else if (known.at(-1) !== worker.hostname) known.push(worker.hostname);
    }
  }
  return hostnames;
}
