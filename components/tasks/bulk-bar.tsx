"use client";

import { Lock, RotateCcw, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { TaskCount } from "@/lib/api/schemas/tasks";
import { formatBoundedCount, formatCount } from "@/lib/format/count";
import type { TaskSelection } from "./use-task-selection";

interface BulkBarProps {
  selection: TaskSelection;
  /** How many match the filter; undefined while it is being counted. */
  matching: TaskCount | undefined;
  isReadOnly: boolean;
  onRetry: () => void;
}

/** Takes the toolbar's place while tasks are ticked. */
export function BulkBar({ selection, matching, isReadOnly, onRetry }: BulkBarProps) {
  const selected = selection.isAllMatching ? matching : { count: selection.ids.size, exact: true };
  const count = selected === undefined ? "" : formatBoundedCount(selected);
  const canSelectMore =
    !selection.isAllMatching && matching !== undefined && matching.count > selection.ids.size;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-x-3 text-sm">
      <Button
        variant="ghost"
        size="small-icon"
        aria-label="Clear the selection"
        title="Clear the selection"
        onClick={selection.clear}
      >
        <X className="size-4" aria-hidden />
      </Button>
      <p role="status" className="shrink-0">
        <strong className="tabular font-semibold">
          {selection.isAllMatching ? `All ${count}` : formatCount(selection.ids.size)}
        </strong>{" "}
        selected
      </p>
      {canSelectMore ? (
        <button
          type="button"
          onClick={selection.selectAllMatching}
          className="truncate rounded font-medium text-blue underline-offset-2 hover:underline"
        >
          Select all {formatBoundedCount(matching)} matching
        </button>
      ) : null}
      <p className="flex items-center gap-1.5 text-ink-muted text-xs max-lg:hidden">
        <Lock className="size-3" aria-hidden />
        The list holds still while tasks are selected
      </p>
      <Button
        variant="primary"
        className="ml-auto"
        disabled={isReadOnly}
        title={isReadOnly ? "This Celeriac is read-only" : undefined}
        onClick={onRetry}
      >
        <RotateCcw className="size-3.5" aria-hidden />
        Retry {count} {selected?.count === 1 ? "task" : "tasks"}
      </Button>
    </div>
  );
}
