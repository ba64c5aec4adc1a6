"use client";

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { newestTasksQuery, taskKeys, taskListQuery } from "@/lib/api/queries/tasks";
import type { TaskFilter, TaskPage } from "@/lib/api/schemas/tasks";
import { mergeNewest } from "./merge-newest";

/**
 * The rows being read. Those on screen are updated in place; those that appeared since are only counted (`newCount`)
 * until `showNewest` puts them on top.
 */
export function useTaskRows(filter: TaskFilter) {
  const client = useQueryClient();
  const list = useInfiniteQuery(taskListQuery(filter));
  const newest = useQuery({
    ...newestTasksQuery(filter),
    enabled: list.isSuccess && !list.isPlaceholderData,
  });
  const merged = useMemo(
    () => mergeNewest(list.data?.pages ?? [], list.isPlaceholderData ? undefined : newest.data),
    [list.data, list.isPlaceholderData, newest.data],
  );
  const showNewest = useCallback(() => {
    if (newest.data === undefined) return;
    const fresh: InfiniteData<TaskPage, string | null> = { pages: [newest.data], pageParams: [null] };
    client.setQueryData(taskKeys.list(filter), fresh);
    scrollTo({ top: 0 });
  }, [client, filter, newest.data]);
  const last = list.data?.pages.at(-1);
  const isByTime = filter.sort === undefined || filter.sort === "-finishedAt";
  return {
    list,
    rows: merged.rows,
    // In another order a new row may belong anywhere, also far below: "+12 new" would promise a place on top.
    newCount: isByTime ? merged.newCount : 0,
    isNewCountExact: merged.newCount < (newest.data?.items.length ?? 0),
    /** How far the last page looked, and why no further. */
    search: {
      slow: last?.slow ?? null,
      searchedBackTo: last?.searchedBackTo ?? null,
      sortedSince: last?.sortedSince ?? null,
      isOldestFirst: filter.sort === "finishedAt",
    },
    showNewest,
  };
}
