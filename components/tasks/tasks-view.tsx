"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useRef, useState } from "react";
import { useZone } from "@/components/live/clock";
import { useHold } from "@/components/live/pause-provider";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { Button } from "@/components/ui/button";
import { healthQuery } from "@/lib/api/queries/health";
import { taskCountQuery } from "@/lib/api/queries/tasks";
import { formatBoundedCount, formatCounted } from "@/lib/format/count";
import { formatZone } from "@/lib/format/instant";
import { BulkBar } from "./bulk-bar";
import { FilterBar } from "./filter-bar";
import { StateFilter } from "./state-filter";
import { TaskList } from "./task-list";
import type { TaskTableHandle } from "./task-table";
import { useTaskFilter } from "./use-task-filter";
import { useTaskRows } from "./use-task-rows";
import { useTaskSelection } from "./use-task-selection";
import { useTaskShortcuts } from "./use-task-shortcuts";

/** The tasks page: one filter in the address, the rows, and what can be done with those that are ticked. */
export function TasksView() {
  const state = useTaskFilter();
  const { filter, change } = state;
  const loaded = useTaskRows(filter);
  const selection = useTaskSelection(filter);
  const [isRetrying, setRetrying] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const tableRef = useRef<TaskTableHandle>(null);
  const { data: health } = useQuery(healthQuery());
  const { data: count } = useQuery(taskCountQuery(filter));
  const zone = useZone();
  const isReadOnly = health?.readOnly ?? false;
  useHold(!selection.isEmpty, "tasks are selected");
  useTaskShortcuts({
    rowCount: loaded.rows.length,
    reveal: (index) => tableRef.current?.scrollToIndex(index),
    toggle: (index) => {
      const task = loaded.rows[index];
      if (task !== undefined) selection.toggle(task.id);
    },
    retry: () => {
      if (!selection.isEmpty && !isReadOnly) setRetrying(true);
    },
    clear: selection.clear,
    search: () => searchRef.current?.focus(),
  });
  return (
    <>
      <h1 className="sr-only">Tasks</h1>
      <FilterBar state={state} searchRef={searchRef} />
      <div className="rounded-lg border bg-surface shadow-raised">
        <div className="sticky top-[calc(var(--nav-height)+var(--strip-height))] z-20 flex h-11 items-center gap-3 rounded-t-lg border-b bg-surface px-3">
          {selection.isEmpty ? (
            <>
              <StateFilter filter={filter} onChange={(next) => change({ state: next })} />
              <p className="ml-auto flex shrink-0 items-center gap-3 text-ink-muted text-sm max-md:hidden">
                {zone === null ? null : (
                  <span className="text-xs max-lg:hidden">Times in {formatZone(zone, Date.now())}</span>
                )}
                <span role="status" className="tabular">
                  {count === undefined
                    ? null
                    : `${formatBoundedCount(count)} ${count.count === 1 ? "task" : "tasks"}`}
                </span>
              </p>
            </>
          ) : (
            <BulkBar
              selection={selection}
              matching={count}
              isReadOnly={isReadOnly}
              onRetry={() => setRetrying(true)}
            />
          )}
          {loaded.newCount > 0 && selection.isEmpty ? (
            <Button
              variant="primary"
              size="small"
              className="-bottom-9 -translate-x-1/2 absolute left-1/2 z-30 rounded-full shadow-floating"
              onClick={loaded.showNewest}
            >
              <ArrowUp className="size-3.5" aria-hidden />+{loaded.newCount}
              {loaded.isNewCountExact ? "" : " or more"} new
            </Button>
          ) : null}
        </div>
        <TaskList loaded={loaded} selection={selection} filterState={state} tableRef={tableRef} />
      </div>
      <p role="status" className="sr-only">
        {loaded.list.isSuccess ? `${formatCounted(loaded.rows.length, "task")} loaded` : "Loading tasks"}
      </p>
      <RetryDialog
        open={isRetrying}
        onOpenChange={setRetrying}
        selection={selection.isAllMatching ? { filter } : { ids: [...selection.ids] }}
        onStarted={selection.clear}
      />
    </>
  );
}
