"use client";

import { History, SearchX } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { SkeletonRows } from "@/components/ui/skeleton";
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
  const { list, rows, searchedBackTo } = loaded;
  if (list.isPending) return <SkeletonRows rows={16} label="Loading tasks" />;
  if (list.isError && rows.length === 0) {
    return <ErrorState title="Tasks can't be shown" error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (rows.length === 0) return <NoTasks filterState={filterState} />;
  return (
    <>
      <TaskTable ref={tableRef} tasks={rows} selection={selection} isDimmed={list.isPlaceholderData} />
      <footer className="flex flex-wrap items-center justify-center gap-3 px-4 py-3 text-ink-muted text-sm">
        {list.hasNextPage ? (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        ) : (
          <span>No more tasks</span>
        )}
        {list.isFetchNextPageError ? (
          <span role="alert" className="text-red">
            {list.error?.message}
          </span>
        ) : null}
        {searchedBackTo === null ? null : (
          <span>
            Searched back to <Instant at={searchedBackTo} />
          </span>
        )}
      </footer>
    </>
  );
}

function NoTasks({ filterState }: { filterState: TaskFilterState }) {
  if (filterState.isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No task matches these filters"
        action={<Button onClick={filterState.clear}>Clear filters</Button>}
      >
        Widen the dates, or look into the other source.
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
