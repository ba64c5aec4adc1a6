"use client";

import { Shapes } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { FindField } from "@/components/ui/find-field";
import type { TaskTypePage } from "@/lib/api/schemas/task-types";
import { formatCounted } from "@/lib/format/count";
import { isIdleBuiltin } from "./find-marks";
import { MarkFilter } from "./mark-filter";
import { sortTypes } from "./sort-types";
import { toTypeRows } from "./type-row-data";
import { TypeTable } from "./type-table";
import { UnusedDaysSelect } from "./unused-days";
import type { useTypeView } from "./use-type-view";

type TypeView = ReturnType<typeof useTypeView>[0];

interface TypeListProps {
  page: TaskTypePage;
  /** When it was asked for, epoch ms. */
  now: number;
  view: TypeView;
  onView: (change: Partial<TypeView>) => void;
}

/** The types of a page, narrowed and sorted. */
export function TypeList({ page, now, view, onView }: TypeListProps) {
  const all = toTypeRows(page, { days: Number(view.unused), now });
  const rows = all.filter(({ type }) => !isIdleBuiltin(type));
  const hidden = all.length - rows.length;
  if (rows.length === 0) {
    return (
      <EmptyState icon={Shapes} title="No task types yet">
        They appear when a worker says which tasks it has registered, or when a task is sent or received.
      </EmptyState>
    );
  }
  const text = view.q.trim().toLowerCase();
  const found = rows.filter(
    ({ type, marks }) =>
      type.name.toLowerCase().includes(text) && (view.mark === null || marks.includes(view.mark)),
  );
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 border-b px-3 py-2">
        <FindField
          label="Find a task type"
          value={view.q}
          onChange={(q) => onView({ q })}
          className="max-sm:w-full"
        />
        <MarkFilter rows={rows} value={view.mark} onChange={(mark) => onView({ mark })} />
        <div className="sm:ml-auto">
          <UnusedDaysSelect
            value={view.unused}
            onChange={(unused) => onView({ unused })}
            listening={page.listening}
            now={now}
          />
        </div>
      </div>
      <TypeTable
        rows={sortTypes(found, view.sort)}
        range={page.range}
        sort={view.sort}
        onSort={(sort) => onView({ sort })}
      />
      {found.length === 0 ? <p className="px-4 py-3 text-ink-muted text-sm">No task type matches.</p> : null}
      {hidden === 0 ? null : (
        <p className="border-t px-4 py-2 text-ink-faint text-xs">
          {formatCounted(hidden, "task")} of Celery's own, never called, {hidden === 1 ? "is" : "are"} left
          out.
        </p>
      )}
    </>
  );
}
