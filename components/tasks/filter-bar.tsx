"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { MultiFilter } from "@/components/ui/multi-filter";
import { Select } from "@/components/ui/select";
import { healthQuery } from "@/lib/api/queries/health";
import { queueListQuery } from "@/lib/api/queries/queues";
import { taskTypesQuery } from "@/lib/api/queries/task-types";
import { workerListQuery } from "@/lib/api/queries/workers";
import { DateRangeFilter } from "./date-range-filter";
import { SearchField } from "./search-field";
import type { TaskFilterState } from "./use-task-filter";

const SORTS = [
  { value: "-finishedAt", label: "Newest first" },
  { value: "finishedAt", label: "Oldest first" },
  { value: "-runtime", label: "Slowest first" },
  { value: "name", label: "By name" },
] as const;

const SOURCES = [
  { value: "results", label: "Result table" },
  { value: "events", label: "Events" },
] as const;

interface FilterBarProps {
  state: TaskFilterState;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** What narrows the tasks, but for the state. */
export function FilterBar({ state, searchRef }: FilterBarProps) {
  const { filter, change, clear, isFiltered } = state;
  const { data: types } = useQuery(taskTypesQuery());
  // Only their names are read.
  const { data: workers } = useQuery({ ...workerListQuery(), meta: { pace: "calm" } });
  const { data: queues } = useQuery({ ...queueListQuery(), meta: { pace: "calm" } });
  const { data: health } = useQuery(healthQuery());
  return (
    <search className="-mx-3 sm:-mx-0 flex flex-wrap items-center gap-2 px-3 pb-3 sm:px-0">
      <SearchField
        value={filter.q ?? ""}
        onChange={(q) => change({ q: q || undefined })}
        inputRef={searchRef}
      />
      <div className="scrollbar-none contents max-sm:-mx-3 max-sm:-my-1 max-sm:flex max-sm:w-screen max-sm:gap-2 max-sm:overflow-x-auto max-sm:px-3 max-sm:py-1">
        <MultiFilter
          label="Name"
          values={filter.name ?? []}
          options={types?.items.map((type) => type.name) ?? []}
          onChange={(name) => change({ name })}
          hint="* stands for anything: shop.mail.*"
        />
        <DateRangeFilter from={filter.from} to={filter.to} onChange={change} />
        <MultiFilter
          label="Queue"
          values={filter.queue ?? []}
          options={queues?.items.map((queue) => queue.name) ?? []}
          onChange={(queue) => change({ queue })}
        />
        <MultiFilter
          label="Worker"
          values={filter.worker ?? []}
          options={workers?.items.map((worker) => worker.hostname) ?? []}
          onChange={(worker) => change({ worker })}
        />
        {isFiltered ? (
          <Button variant="ghost" onClick={clear}>
            <X className="size-3.5" aria-hidden />
            Clear filters
          </Button>
        ) : null}
        <div className="ml-auto flex gap-2 max-sm:ml-0 max-sm:contents">
          {health?.results === null ? null : (
            <Select
              label="Source"
              options={SOURCES}
              value={filter.source ?? "results"}
              onChange={(source) => change({ source: source === "results" ? undefined : source })}
            />
          )}
          <Select
            label="Order"
            options={SORTS}
            value={filter.sort ?? "-finishedAt"}
            onChange={(sort) => change({ sort: sort === "-finishedAt" ? undefined : sort })}
          />
        </div>
      </div>
    </search>
  );
}
