"use client";

import { useQuery } from "@tanstack/react-query";
import { History, SearchX } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NextPageError } from "@/components/ui/next-page-error";
import { SkeletonRows } from "@/components/ui/skeleton";
import { healthQuery } from "@/lib/api/queries/health";
import { SearchNote } from "./search-note";
import { TaskTable, type TaskTableHandle } from "./task-table";
import type { TaskFilterState } from "./use-task-filter";
import type { useTaskRows } from "./use-task-rows";
import type { TaskSelection } from "./use-task-selection";

interface TaskListProps {
  loaded: ReturnType<typeof useTaskRows>;
  selection: TaskSelection;
  filterState: TaskFilterState;
  tableRef: Ref<TaskTableHandle>;
}

/** The rows in each of their conditions: loading, failed, none, some with more to load. */
export function TaskList({ loaded, selection, filterState, tableRef }: TaskListProps) {
  const { list, rows, search } = loaded;
  if (list.isPending) return <SkeletonRows rows={16} label="Loading tasks" />;
  if (list.isError && rows.length === 0) {
    return <ErrorState title="Tasks can't be shown" error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (rows.length === 0 && list.hasNextPage) return <NothingYet loaded={loaded} />;
  if (rows.length === 0) return <NoTasks filterState={filterState} />;
  return (
    <>
      {search.sortedSince === null ? null : (
        <div className="border-b px-4 py-2">
          <SearchNote {...search} />
        </div>
      )}
      <TaskTable ref={tableRef} tasks={rows} selection={selection} isDimmed={list.isPlaceholderData} />
      <footer className="flex flex-wrap items-center justify-center gap-3 px-4 py-3 text-ink-muted text-sm">
        {list.hasNextPage ? (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {search.searchedBackTo === null ? "Load more" : "Search further"}
          </Button>
        ) : (
          <span>No more tasks</span>
        )}
        <NextPageError list={list} />
        {search.sortedSince === null ? <SearchNote {...search} /> : null}
      </footer>
    </>
  );
}

/** A search that ended before the end, so far without a find. */
function NothingYet({ loaded: { list, search } }: Pick<TaskListProps, "loaded">) {
  return (
    <EmptyState
      icon={SearchX}
      title="Nothing found so far"
      action={
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Search further
        </Button>
      }
    >
      <SearchNote {...search} withoutIcon />
      <p className="mt-2 empty:hidden">
        <NextPageError list={list} />
      </p>
    </EmptyState>
  );
}

function NoTasks({ filterState }: { filterState: TaskFilterState }) {
  const { data: health } = useQuery(healthQuery());
  if (filterState.isFiltered) {
    const other =
      filterState.filter.source === "events" ? "look into the result table" : "look at what events told";
    return (
      <EmptyState
        icon={SearchX}
        title="No task matches these filters"
        action={<Button onClick={filterState.clear}>Clear filters</Button>}
      >
        Widen the dates, or {health?.results === null ? "take a filter away" : other}.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={History} title="No tasks yet">
      Tasks appear as soon as a worker finishes one. Workers send events when they run with{" "}
      <code className="font-mono text-xs">-E</code>; Celeriac switches them on where it can.
    </EmptyState>
  );
}
