import { createHash } from "node:crypto";

/** Most tasks that one batch may hold: what a preview reads, plans and stores in about a minute. */
export const MAX_BATCH_TASKS = 1_000_000;

/** The filter of tasks as the HTTP contract has it; instants are ISO 8601 texts. */
export interface SelectionFilter {
  readonly source?: "results" | "events";
  readonly state?: readonly string[];
  readonly name?: readonly string[];
  readonly worker?: readonly string[];
  readonly queue?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly sort?: "-finishedAt" | "finishedAt" | "-runtime" | "name";
}

/** What is to be sent again: what a filter matches, or these ids. */
export type Selection = { readonly filter: SelectionFilter } | { readonly ids: readonly string[] };

/** Two selections of the same tasks have the same digest, whatever the order in which their parts were written. */
export function digestSelection(selection: Selection): string {
  const parts =
    "ids" in selection ? [...new Set(selection.ids)].sort() : listParts(selection.filter).sort(byText);
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** The selection as the query of the tasks page; null for ids, which no query can hold. */
export function writeSelectionQuery(selection: Selection): string | null {
  if ("ids" in selection) return null;
  return new URLSearchParams(listParts(selection.filter).map(([name, value]) => [name, value])).toString();
}

/** The selection in words, for the list of batches. Instants are in UTC. */
export function describeSelection(selection: Selection): string {
  if ("ids" in selection) return `${selection.ids.length.toLocaleString("en-US")} chosen tasks`;
  const { source, state, name, worker, queue, from, to, q } = selection.filter;
  const words = [
    state?.length ? `state ${state.join(" or ")}` : null,
    name?.length ? `name ${name.join(" or ")}` : null,
    worker?.length ? `worker ${worker.join(" or ")}` : null,
    queue?.length ? `queue ${queue.join(" or ")}` : null,
    from ? `finished from ${inUtc(from)}` : null,
    to ? `finished before ${inUtc(to)}` : null,
    q ? `containing ${JSON.stringify(q)}` : null,
    source === "events" ? "known from events" : null,
  ].filter((part) => part !== null);
  return words.length === 0 ? "all tasks" : `tasks with ${words.join(", ")}`;
}

/** The filter's parts but the order, which doesn't change what is selected. */
function listParts({ sort: _sort, ...filter }: SelectionFilter): (readonly [string, string])[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === "string" ? [value] : [...value]).map((text) => [name, text] as const);
  });
}

function byText(a: readonly [string, string], b: readonly [string, string]): number {
  return a.join("\0") < b.join("\0") ? -1 : 1;
}

function inUtc(instant: string): string {
  return `${new Date(instant).toISOString().replace("T", " ").slice(0, 19)} UTC`;
}
