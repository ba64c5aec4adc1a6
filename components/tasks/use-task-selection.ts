"use client";

import { useCallback, useState } from "react";
import type { TaskFilter } from "@/lib/api/schemas/tasks";

const NONE: ReadonlySet<string> = new Set();

interface Held {
  /** The filter that the ticks belong to: under another one they are void. */
  filter: TaskFilter;
  ids: ReadonlySet<string>;
  isAllMatching: boolean;
}

export interface TaskSelection {
  ids: ReadonlySet<string>;
  /** Everything that matches the filter is selected, also what is not loaded. */
  isAllMatching: boolean;
  isEmpty: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Ticks or unticks several at once. */
  setMany: (ids: readonly string[], selected: boolean) => void;
  selectAllMatching: () => void;
  clear: () => void;
}

/** Which tasks are ticked, under one filter. */
export function useTaskSelection(filter: TaskFilter): TaskSelection {
  const [held, setHeld] = useState<Held>({ filter, ids: NONE, isAllMatching: false });
  const isCurrent = held.filter === filter;
  const ids = isCurrent ? held.ids : NONE;
  const isAllMatching = isCurrent && held.isAllMatching;

  const setMany = useCallback(
    (changed: readonly string[], selected: boolean) =>
      setHeld((before) => {
        const next = new Set(before.filter === filter ? before.ids : NONE);
        for (const id of changed) selected ? next.add(id) : next.delete(id);
        return { filter, ids: next, isAllMatching: false };
      }),
    [filter],
  );
  return {
    ids,
    isAllMatching,
    isEmpty: ids.size === 0 && !isAllMatching,
    has: (id) => isAllMatching || ids.has(id),
    toggle: (id) => setMany([id], !ids.has(id)),
    setMany,
    selectAllMatching: () => setHeld({ filter, ids, isAllMatching: true }),
    clear: () => setHeld({ filter, ids: NONE, isAllMatching: false }),
  };
}
