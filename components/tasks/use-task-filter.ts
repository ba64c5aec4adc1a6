"use client";

import {
  createParser,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useCallback, useMemo } from "react";
import { TASK_SORTS, TASK_SOURCES, type TaskFilter, taskFilterSchema } from "@/lib/api/schemas/tasks";

const parseAsInstant = createParser({
  parse: (text) => taskFilterSchema.shape.from.safeParse(text).data ?? null,
  serialize: (text) => text,
});

/** The names of the API, so that a query string of one is a query string of the other. */
const PARSERS = {
  source: parseAsStringLiteral(TASK_SOURCES),
  state: parseAsNativeArrayOf(parseAsString),
  name: parseAsNativeArrayOf(parseAsString),
  worker: parseAsNativeArrayOf(parseAsString),
  queue: parseAsNativeArrayOf(parseAsString),
  from: parseAsInstant,
  to: parseAsInstant,
  q: parseAsString,
  sort: parseAsStringLiteral(TASK_SORTS),
};

export interface TaskFilterState {
  filter: TaskFilter;
  /** Changes the given fields; undefined or an empty list removes one. */
  change: (next: Partial<TaskFilter>) => void;
  /** Removes all but source and order. */
  clear: () => void;
  isFiltered: boolean;
}

/** The one filter of the tasks page; its home is the address. */
export function useTaskFilter(): TaskFilterState {
  const [values, setValues] = useQueryStates(PARSERS, { history: "push" });
  const filter = useMemo(() => withoutEmpty(values), [values]);
  const change = useCallback(
    (next: Partial<TaskFilter>) => {
      const cleared = Object.fromEntries(
        Object.entries(next).map(([key, value]) => [
          key,
          value === undefined || value.length === 0 ? null : value,
        ]),
      );
      void setValues(cleared);
    },
    [setValues],
  );
  const clear = useCallback(
    () =>
      void setValues({ state: null, name: null, worker: null, queue: null, from: null, to: null, q: null }),
    [setValues],
  );
  const { source: _source, sort: _sort, ...narrowing } = filter;
  return { filter, change, clear, isFiltered: Object.keys(narrowing).length > 0 };
}

/** A filter names only what it narrows: equal filters have equal query keys. */
function withoutEmpty(values: Record<string, string | string[] | null>): TaskFilter {
  const set = Object.entries(values).filter(([, value]) => value !== null && value.length > 0);
  // A hand-written address may hold what no filter takes, such as a `q` of two letters: that narrows nothing.
  return taskFilterSchema.safeParse(Object.fromEntries(set)).data ?? {};
}
